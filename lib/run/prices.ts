/** A public list price of AWS, without free tiers and without discounts. */
interface Price {
  readonly dollars: number;
  /** How many of the unit that buys. */
  readonly per: number;
  readonly unit: string;
  readonly source: string;
  /** When the source said so: a month. */
  readonly asOf: string;
}

/** Prices differ a little from region to region: these are of one. */
export const PRICED_REGION = 'us-east-1';

export const PRICES = {
  lambdaCompute: {
    dollars: 0.0000133334,
    per: 1,
    unit: 'GB-second on arm64',
    source: 'https://aws.amazon.com/lambda/pricing/',
    asOf: '2026-05',
  },
  lambdaRequest: {
    dollars: 0.2,
    per: 1_000_000,
    unit: 'request',
    source: 'https://aws.amazon.com/lambda/pricing/',
    asOf: '2026-05',
  },
  stateTransition: {
    dollars: 0.025,
    per: 1000,
    unit: 'state transition of a standard workflow',
    source: 'https://aws.amazon.com/step-functions/pricing/',
    asOf: '2026-11',
  },
  s3Write: {
    dollars: 0.005,
    per: 1000,
    unit: 'PUT, POST or LIST request, S3 Standard',
    source: 'https://aws.amazon.com/s3/pricing/',
    asOf: '2026-11',
  },
  s3Read: {
    dollars: 0.0004,
    per: 1000,
    unit: 'GET request, S3 Standard',
    source: 'https://aws.amazon.com/s3/pricing/',
    asOf: '2026-11',
  },
  s3Storage: {
    dollars: 0.023,
    per: 1,
    unit: 'GB and month, S3 Standard',
    source: 'https://aws.amazon.com/s3/pricing/',
    asOf: '2026-11',
  },
  snsPublish: {
    dollars: 0.5,
    per: 1_000_000,
    unit: 'publish request',
    source: 'https://aws.amazon.com/sns/pricing/',
    asOf: '2026-06',
  },
  snsEmail: {
    dollars: 2,
    per: 100_000,
    unit: 'notification by email',
    source: 'https://aws.amazon.com/sns/pricing/',
    asOf: '2026-06',
  },
  /** The first copy of management events in a region costs nothing. */
  cloudTrailCopy: {
    dollars: 2,
    per: 100_000,
    unit: 'management event in a further trail',
    source: 'https://aws.amazon.com/cloudtrail/pricing/',
    asOf: '2025-07',
  },
  /** The first 500 million a month; events of global services are analysed once in each region that has a detector. */
  guardDutyEvent: {
    dollars: 4,
    per: 1_000_000,
    unit: 'management event analysed by GuardDuty',
    source: 'https://aws.amazon.com/guardduty/pricing/',
    asOf: '2026-10',
  },
} as const satisfies Readonly<Record<string, Price>>;

export type Prices = Readonly<Record<keyof typeof PRICES, Price>>;

/** Dollars for so many of what the price is of. */
export const costOf = ({ dollars, per }: Pick<Price, 'dollars' | 'per'>, quantity: number): number =>
  (quantity / per) * dollars;
