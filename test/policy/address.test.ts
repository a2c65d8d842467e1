import { describe, expect, it } from 'vitest';
import { areNarrow } from '../../lib/policy/address.ts';

const eighths = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => `${from + at}.0.0.0/8`);

describe('one aws:SourceIp is narrow', () => {
  it.each([
    ['192.0.2.7', true],
    ['192.0.2.0/24', true],
    ['8.0.0.0/8', true],
    ['8.0.0.0/7', false],
    ['0.0.0.0/0', false],
    ['192.0.2.7/32', true],
    ['192.0.2.7/33', false],
    ['192.0.2.7/08', false],
    ['192.0.2.0/24/24', false],
    ['192.0.2', false],
    ['192.0.2.256', false],
    ['2001:db8::1', true],
    ['2001:db8::/32', true],
    ['2001:db8::/31', false],
    ['2001:db8::1/128', true],
    ['2001:db8::1/129', false],
    ['fe80', false],
    ['::1]:80#', false],
    ['example.com', false],
    ['', false],
  ])('%j: %s', (cidr, expected) => {
    expect(areNarrow([cidr])).toBe(expected);
  });
});

describe('several together', () => {
  it.each<[string, string[], boolean]>([
    ['less than half of the addresses', eighths(0, 127), true],
    ['half of the addresses', eighths(0, 128), false],
    ['half of the addresses, the other way round', eighths(0, 128).toReversed(), false],
    ['the same again and again', Array.from({ length: 200 }, () => '10.0.0.0/8'), true],
    ['the same, by another of its addresses', [...eighths(0, 127), '126.200.0.0/8'], true],
    ['parts of what is there', [...eighths(0, 127), '10.0.0.0/9', '10.1.0.0/16'], true],
    ['a narrow and a wide one', ['192.0.2.0/24', '0.0.0.0/1'], false],
    ['a narrow one of each family', ['192.0.2.0/24', '2001:db8::/32'], true],
    ['a narrow one, and a wide one of the other family', ['192.0.2.0/24', '::/0'], false],
  ])('%s', (_name, cidrs, expected) => {
    expect(areNarrow(cidrs)).toBe(expected);
  });
});
