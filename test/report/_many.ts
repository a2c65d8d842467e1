import type { Severity } from '../../lib/core/model.ts';
import type { Report, StoredFinding } from '../../lib/run/model.ts';
import { checkInfo, finding, reportOf } from '../support/report.ts';

const CHECKS = 200;
const REGIONS = ['eu-west-1', 'us-east-1', 'eu-central-1', 'ap-southeast-2'];
const SEVERITIES: readonly Severity[] = ['critical', 'high', 'medium', 'low'];

/** Digits that nothing can compress; the same ones for the same number. */
function digest(number: number, length: number): string {
  let state = number + 1;
  let digits = '';
  while (digits.length < length) {
    state = Math.imul(state ^ (state >>> 15), 0x2c_1b_3c_6d) + 0x6d_2b_79_f5;
    state = Math.imul(state ^ (state >>> 12), 0x29_7a_2d_39);
    digits += ((state ^ (state >>> 15)) >>> 0).toString(16).padStart(8, '0');
  }
  return digits.slice(0, length);
}

/** A run of a large organisation: 8 accounts, resources with ids that nothing can compress, evidence of their own. */
export function manyFindings(count: number): Report {
  const accounts = Array.from({ length: 8 }, (_, index) => String(100_000_000_000 + index * 7_919));
  const checks = Array.from({ length: CHECKS }, (_, index) => checkInfo(`ec2-check-${index}-holds`));
  const findings = Array.from({ length: count }, (_, index) => oneOf(index, accounts));
  return reportOf({ findings, accounts, checks });
}

/** About five findings a resource. */
function oneOf(index: number, accounts: readonly string[]): StoredFinding {
  const number = Math.floor(index / 5);
  const check = (number * 31 + index) % CHECKS;
  const id = `i-0${digest(number, 16)}`;
  const account = accounts[number % accounts.length]!;
  const region = REGIONS[number % REGIONS.length]!;
  return finding({
    id: digest(index + 1_000_000, 16),
    check: `ec2-check-${check}-holds`,
    status: index % 50 === 0 ? 'UNKNOWN' : 'FAIL',
    severity: SEVERITIES[Math.min(3, Math.floor(check / 20))]!,
    message: index % 3 === 0 ? `the internet reaches tcp ${index % 9973}` : 'not encrypted',
    at: new Date(Date.UTC(2026, 0, 1, 2, 0, number % 1800)).toISOString(),
    firstSeen: new Date(Date.UTC(2025, index % 12, 1 + (number % 28), 2)).toISOString(),
    evidence: {
      port: index % 9973,
      cidr: `10.${index % 256}.${number % 256}.0/24`,
      group: `sg-0${digest(number + 2_000_000, 16)}`,
    },
    owner: `team-${number % 60}`,
    resource: {
      type: 'AWS::EC2::Instance',
      id,
      arn: `arn:aws:ec2:${region}:${account}:instance/${id}`,
      account,
      region,
      tags: { Name: `host-${number}`, owner: `team-${number % 60}` },
    },
  });
}
