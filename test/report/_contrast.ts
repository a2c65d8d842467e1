/** Runs in a page: each text's colour against what is behind it. */
export function contrasts(): { text: string; ratio: number }[] {
  const channels = (color: string) => (color.match(/[\d.]+/g) ?? []).map(Number);
  const light = (color: string) => {
    const [r = 0, g = 0, b = 0] = channels(color).map((value) => {
      const share = value / 255;
      return share <= 0.039_28 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (start: Element): string => {
    for (let node: Element | null = start; node; node = node.parentElement) {
      const color = getComputedStyle(node).backgroundColor;
      if ((channels(color)[3] ?? 1) > 0) return color;
    }
    return 'rgb(255, 255, 255)';
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const pairs: { text: string; ratio: number }[] = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement!;
    if (!node.textContent?.trim() || parent.matches('script, title, svg *, option')) continue;
    const [a, b] = [light(getComputedStyle(parent).color), light(behind(parent))].toSorted((x, y) => y - x);
    pairs.push({ text: node.textContent.slice(0, 40), ratio: (a! + 0.05) / (b! + 0.05) });
  }
  return pairs;
}
