import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { type Route, routeOf } from './route.ts';

/** Whether a media query holds. */
export function useMedia(query: string): boolean {
  const [isOn, setOn] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const list = matchMedia(query);
    const onChange = () => setOn(list.matches);
    list.addEventListener('change', onChange);
    return () => list.removeEventListener('change', onChange);
  }, [query]);
  return isOn;
}

const positions = new Map<string, number>();

/**
 * The address of the page. On the way to a new one the page begins at its top and the focus goes to its heading; on the way back it
 * stands where it stood. A change of the query alone leaves both as they are.
 */
export function useRoute(): Route {
  const [hash, setHash] = useState(location.hash);
  const last = useRef({ hash: location.hash, isBack: false, y: 0 });
  useEffect(() => {
    history.scrollRestoration = 'manual';
    const onScroll = () => positions.set(last.current.hash, scrollY);
    const onPop = () => {
      // Not a page of ours but a place on this one: the skip link.
      if (location.hash !== '' && !location.hash.startsWith('#/')) return;
      const isBack = history.state?.isKnown === true;
      last.current = { hash: location.hash, isBack, y: positions.get(location.hash) ?? 0 };
      history.replaceState({ isKnown: true }, '');
      setHash(location.hash);
    };
    history.replaceState({ isKnown: true }, '');
    addEventListener('popstate', onPop);
    addEventListener('scroll', onScroll, { passive: true });
    return () => {
      removeEventListener('popstate', onPop);
      removeEventListener('scroll', onScroll);
    };
  }, []);
  const route = routeOf(hash);
  useArrival(`${route.page}/${route.id}`, last);
  return route;
}

function useArrival(path: string, last: { readonly current: { readonly isBack: boolean; readonly y: number } }): void {
  const isFirst = useRef(true);
  useLayoutEffect(() => {
    if (isFirst.current) {
      isFirst.current = false;
      return;
    }
    const { isBack, y } = last.current;
    scrollTo(0, isBack ? y : 0);
    // The heading of the summary is there before the script; that of the others is drawn with them.
    document.querySelector<HTMLElement>('main > :not([hidden]) h1')?.focus({ preventScroll: true });
  }, [path, last]);
}

/** Writes the query into the address without a step in the history: typing a word is no journey. */
export function replaceHash(hash: string): void {
  history.replaceState({ isKnown: true }, '', hash);
  dispatchEvent(new PopStateEvent('popstate'));
}

/** A value that follows another one once it has rested. */
export function useRested<V>(value: V, milliseconds: number): V {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), milliseconds);
    return () => clearTimeout(timer);
  }, [value, milliseconds]);
  return rested;
}

export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, select, textarea, [contenteditable]');
}
