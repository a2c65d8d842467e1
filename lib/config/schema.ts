import * as z from 'zod';
import { FORMATS } from '../core/formats.ts';
import { OWNER_RULES } from '../core/owners.ts';
import { SEVERITIES } from '../core/severity.ts';
import { WARN_DAYS } from '../core/waivers.ts';

const severity = z.enum(SEVERITIES as ['critical', 'high', 'medium', 'low', 'informational']);
export const account = z.string().regex(/^\d{12}$/, 'must be an account id of 12 digits, in quotes');
const unit = z
  .string()
  .regex(/^(ou-[0-9a-z]{4,32}-[a-z0-9]{8,32}|r-[0-9a-z]{4,32})$/, 'must be the id of an organizational unit or root');
const accountOrUnit = z
  .string()
  .regex(
    /^(\d{12}|ou-[0-9a-z]{4,32}-[a-z0-9]{8,32}|r-[0-9a-z]{4,32})$/,
    'must be an account id of 12 digits, in quotes, or the id of an organizational unit (ou-…) or root (r-…)',
  );
const globs = z.array(z.string().min(1));
const param = z.union([
  z.number(),
  z.boolean(),
  z.string(),
  z.null(),
  z.array(z.union([z.string(), z.number()])),
  z.record(z.string(), z.array(z.string())),
]);

/** What ronda.yml may say. Unknown keys are mistakes. */
export const configSchema = z.strictObject({
  checks: globs.optional().describe('Globs of check ids to run; all by default'),
  skip: globs.optional().describe('Globs of check ids to leave out'),
  services: globs.optional().describe('Globs of services to run'),
  minSeverity: severity.optional().describe('Only checks of this severity or worse'),
  params: z.record(z.string(), z.record(z.string(), param)).optional().describe('Params by check id'),
  severities: z
    .record(z.string(), severity)
    .optional()
    .describe('Severities by check id, in place of the declared ones'),
  trustedAccounts: z.array(account).optional().describe('Accounts that may be trusted, for every check that asks'),
  accounts: z
    .strictObject({
      include: z
        .array(accountOrUnit)
        .optional()
        .describe('Only these accounts, and those below these organizational units'),
      exclude: z
        .array(accountOrUnit)
        .optional()
        .describe('Not these accounts, nor those below these organizational units'),
      tags: z.record(z.string(), z.string()).optional().describe('Only accounts with all of these tags'),
    })
    .optional()
    .describe('Which accounts of the organization; all that are active by default'),
  regions: globs.optional().describe('Globs of regions; every enabled region by default'),
  out: z.string().min(1).optional().describe('Where runs are kept: a folder, or s3://bucket/prefix'),
  topic: z
    .string()
    .regex(/^arn:[^:]+:sns:[^:]+:\d{12}:[^:]+$/, 'must be the ARN of an SNS topic')
    .optional()
    .describe('The SNS topic that is told what changed'),
  waivers: z
    .strictObject({
      file: z.string().min(1).optional().describe('Where the waivers are; waivers.yml where there is one'),
      maxDays: z.number().int().positive().default(365).describe('Longest time that a waiver may run from today'),
      warnDays: z
        .number()
        .int()
        .nonnegative()
        .default(WARN_DAYS)
        .describe('How long before its end a waiver is announced'),
    })
    .optional()
    .describe('Accepted risks'),
  owners: z
    .strictObject({
      tags: z
        .array(z.string().min(1))
        .default([...OWNER_RULES.tags])
        .describe('Tags that name the owner'),
      stacks: z
        .record(z.string().min(1), z.string().min(1))
        .optional()
        .describe('Owner by the name of the CloudFormation stack that made the resource; * and ? are wildcards'),
      accounts: z.record(account, z.string().min(1)).default({}).describe('Owner by account'),
      units: z
        .record(unit, z.string().min(1))
        .optional()
        .describe('Owner by organizational unit; the nearest one decides'),
      default: z.string().min(1).default(OWNER_RULES.default).describe('Who is told where nothing else says'),
    })
    .optional()
    .describe('Who is told of what'),
  formats: z
    .array(z.enum(FORMATS))
    .optional()
    .describe('What else a run is written as, besides the page, findings.json and findings.csv'),
  securityHub: z
    .boolean()
    .optional()
    .describe('Whether what fails and what is resolved is imported into AWS Security Hub, in the region of the run'),
  failOn: severity.optional().describe('Exit with 1 on a finding of this severity or worse'),
});

export type Config = z.infer<typeof configSchema>;
