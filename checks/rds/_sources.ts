import {
  type Certificate,
  type Option,
  paginateDescribeCertificates,
  paginateDescribeDBClusterParameters,
  paginateDescribeDBEngineVersions,
  paginateDescribeDBMajorEngineVersions,
  paginateDescribeDBParameters,
  paginateDescribeOptionGroups,
  type Parameter,
  RDSClient,
  type SupportedEngineLifecycle,
} from '@aws-sdk/client-rds';
import { each, listed, whole } from '../../lib/aws/answer.ts';
import { service, source } from '../../lib/aws/operations.ts';
import { AUDIT_OPTIONS, type AuditOption } from './_audit.ts';
import { LOG_PARAMETERS } from './_logs.ts';
import { TLS_PARAMETERS, type TlsOption } from './_tls.ts';

const rds = service(RDSClient);
const describeParameters = rds.pages(paginateDescribeDBParameters, 'rds:DescribeDBParameters');
const describeClusterParameters = rds.pages(paginateDescribeDBClusterParameters, 'rds:DescribeDBClusterParameters');
const describeOptionGroups = rds.pages(paginateDescribeOptionGroups, 'rds:DescribeOptionGroups');
const describeCertificates = rds.pages(paginateDescribeCertificates, 'rds:DescribeCertificates');
const describeVersions = rds.pages(paginateDescribeDBEngineVersions, 'rds:DescribeDBEngineVersions');
const describeMajorVersions = rds.pages(paginateDescribeDBMajorEngineVersions, 'rds:DescribeDBMajorEngineVersions');

/** The maximum of every list of RDS. */
export const PAGE = { MaxRecords: 100 } as const;

/** All parameters that some check reads, in lower case. */
const PARAMETERS: readonly string[] = [...TLS_PARAMETERS, ...LOG_PARAMETERS];
/** One page per group instead of all of its parameters. The RDS user guide writes the parameter of Db2 in capitals. */
const FILTERS = [{ Name: 'parameter-name', Values: [...PARAMETERS, 'DB2COMM'] }];

/** A parameter of a group: its value, null where the engine's default holds, and whether somebody has set it in this group. */
type Setting = { readonly value: string | null; readonly isOwn: boolean };
export type Settings = Readonly<Record<string, Setting>>;

/** Answers by the name of a parameter group: each group of a region is asked for once, however many databases share it. */
export const parameters = source([describeParameters], async (aws) =>
  once((DBParameterGroupName) =>
    settingsIn(aws.pages(describeParameters, { DBParameterGroupName, ...PAGE, Filters: FILTERS })),
  ),
);
export const clusterParameters = source([describeClusterParameters], async (aws) =>
  once((DBClusterParameterGroupName) =>
    settingsIn(aws.pages(describeClusterParameters, { DBClusterParameterGroupName, ...PAGE, Filters: FILTERS })),
  ),
);

/** What some check reads of the options of a group; undefined where the answer lacked it. */
export interface Options {
  readonly tls: readonly TlsOption[] | undefined;
  readonly audit: readonly AuditOption[] | undefined;
}

/** The options of all option groups of a region, by the group's name. */
export const optionGroups = source([describeOptionGroups], async (aws) => {
  const groups = new Map<string, Options>();
  for await (const page of aws.pages(describeOptionGroups, PAGE)) {
    for (const { OptionGroupName: group, Options: options } of listed(page.OptionGroupsList)) {
      if (group) groups.set(group, { tls: tlsOptionsIn(group, options), audit: auditOptionsIn(group, options) });
    }
  }
  return groups;
});

/**
 * Answers by the identifier of a certificate authority with its end; null where RDS does not offer it in the region (any more),
 * undefined where that cannot be told.
 */
export const authorities = source([describeCertificates], async (aws) => {
  const offered: Certificate[] = [];
  for await (const page of aws.pages(describeCertificates, PAGE)) offered.push(...listed(page.Certificates));
  return (name: string): string | null | undefined => {
    const found = offered.find((one) => one.CertificateIdentifier === name);
    if (found) return found.ValidTill?.toISOString();
    return offered.every((one) => one.CertificateIdentifier) ? null : undefined;
  };
});

/** What AWS says of one version of an engine. `status` is null where AWS lists no such version (any more). */
export interface Release {
  readonly status: string | null;
  readonly rotatesCertificates: boolean | null;
  readonly exportsLogs: boolean | null;
}

/** Answers by engine and version: the list of all versions is long, and few of them are in use. */
export const releases = source([describeVersions], async (aws) =>
  once(async (Engine, EngineVersion): Promise<Release | undefined> => {
    // Without IncludeAll, versions that can no longer be created are left out although databases may run them.
    const versions = [];
    for await (const page of aws.pages(describeVersions, { Engine, EngineVersion, IncludeAll: true, ...PAGE }))
      versions.push(...listed(page.DBEngineVersions));
    const version = versions.find((one) => one.EngineVersion === EngineVersion);
    if (versions.some((one) => !one.EngineVersion) && !version) return undefined;
    if (!version) return { status: null, rotatesCertificates: null, exportsLogs: null };
    return whole({
      status: version.Status,
      rotatesCertificates: version.SupportsCertificateRotationWithoutRestart ?? null,
      exportsLogs: version.SupportsLogExportsToCloudwatchLogs ?? null,
    });
  }),
);

/** A major version and the end of its standard support. */
export interface MajorVersion {
  readonly major: string;
  /** Null where AWS tells none, undefined where the answer lacks it. */
  readonly standardSupportEnds: string | null | undefined;
}

/** Answers by engine with its major versions. AWS documents dates for the open source engines only. */
export const majorVersions = source([describeMajorVersions], async (aws) =>
  once(async (Engine): Promise<readonly MajorVersion[] | undefined> => {
    const majors = [];
    for await (const page of aws.pages(describeMajorVersions, { Engine, ...PAGE }))
      majors.push(...listed(page.DBMajorEngineVersions));
    return each(majors, ({ MajorEngineVersion: major, SupportedEngineLifecycles }) =>
      major === undefined ? undefined : { major, standardSupportEnds: standardSupportIn(SupportedEngineLifecycles) },
    );
  }),
);

function standardSupportIn(lifecycles: readonly SupportedEngineLifecycle[] = []): string | null | undefined {
  const standard = lifecycles.find((one) => one.LifecycleSupportName === 'open-source-rds-standard-support');
  return standard ? standard.LifecycleSupportEndDate?.toISOString() : null;
}

function once<N extends string[], V>(ask: (...names: N) => Promise<V>): (...names: N) => Promise<V> {
  const asked = new Map<string, Promise<V>>();
  return (...names) => {
    const key = names.join(' ');
    const answer = asked.get(key) ?? ask(...names);
    asked.set(key, answer);
    return answer;
  };
}

/** Where the filter is ignored, the answer holds all parameters. */
async function settingsIn(pages: AsyncIterable<{ Parameters?: Parameter[] | undefined }>): Promise<Settings> {
  const settings: Record<string, Setting> = {};
  for await (const page of pages) {
    for (const { ParameterName, ParameterValue, Source } of listed(page.Parameters)) {
      const name = ParameterName?.toLowerCase();
      if (name && PARAMETERS.includes(name))
        settings[name] = { value: ParameterValue ?? null, isOwn: Source === 'user' };
    }
  }
  return settings;
}

/** Nothing but what concerns TLS: settings of other options hold passwords. */
function tlsOptionsIn(group: string, options: readonly Option[] | undefined): TlsOption[] | undefined {
  const found = options?.filter(({ OptionName }) => OptionName === 'SSL' || OptionName === 'NATIVE_NETWORK_ENCRYPTION');
  return each(found, ({ OptionName, OptionSettings }) => {
    const server = OptionSettings?.find(({ Name }) => Name === 'SQLNET.ENCRYPTION_SERVER');
    const encryptionServer = OptionSettings && (server?.Value ?? server?.DefaultValue ?? null);
    return whole({ group, name: OptionName, encryptionServer });
  });
}

function auditOptionsIn(group: string, options: readonly Option[] | undefined): AuditOption[] | undefined {
  const names = options?.map(({ OptionName }) => AUDIT_OPTIONS.find((one) => one === OptionName));
  return names?.flatMap((name) => (name ? [{ group, name }] : []));
}
