import type { AssumeRoleRequest, AssumeRoleResponse, GetCallerIdentityResponse } from '@aws-sdk/client-sts';
import type { Described } from '../defaults/common.ts';
import type { Document } from '../defaults/iam.ts';
import { AwsError } from '../errors.ts';
import type { Context } from './context.ts';

const HOUR = 3600;

export const sts = {
  GetCallerIdentity(_input: object, context: Context): Described<GetCallerIdentityResponse> {
    const session = context.state.sessions.get(context.accessKeyId);
    return { Account: context.account.id, Arn: context.callerArn, UserId: session?.userId ?? 'AIDAEMULATORCALLER001' };
  },

  AssumeRole(input: AssumeRoleRequest, context: Context): Described<AssumeRoleResponse> {
    const [, account = '', path = ''] = /^arn:aws:iam::(\d{12}):role\/(.+)$/.exec(input.RoleArn ?? '') ?? [];
    if (!account) throw new AwsError(400, 'ValidationError', `${input.RoleArn} is invalid`);
    const name = path.split('/').at(-1)!;
    const iam = context.world.accounts.get(account)?.iam;
    const role = iam?.Roles.find(({ Arn }) => Arn === input.RoleArn);
    if (!role || !trusts(iam!.trust.get(name)!, context, input.ExternalId)) throw refused(context, input.RoleArn!);
    const session = input.RoleSessionName ?? 'session';
    const AccessKeyId = `ASIA${account}${(context.state.sessions.size + 1).toString(36).toUpperCase().padStart(4, '0')}`;
    const arn = `arn:aws:sts::${account}:assumed-role/${name}/${session}`;
    const userId = `${role.RoleId}:${session}`;
    context.state.sessions.set(AccessKeyId, { account, arn, userId });
    // The client compares this with its own clock, so it cannot be the description's time.
    const Expiration = new Date(Date.now() + (input.DurationSeconds ?? HOUR) * 1000).toISOString();
    return {
      Credentials: { AccessKeyId, SecretAccessKey: 'emulated', SessionToken: `emulated-${AccessKeyId}`, Expiration },
      AssumedRoleUser: { Arn: arn, AssumedRoleId: userId },
      PackedPolicySize: 6,
    };
  },
};

function refused({ callerArn }: Context, roleArn: string): AwsError {
  return new AwsError(
    403,
    'AccessDenied',
    `User: ${callerArn} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`,
  );
}

interface Statement {
  readonly Effect?: string;
  readonly Action?: string | readonly string[];
  readonly Principal?: string | { readonly AWS?: string | readonly string[] };
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** Whether a trust policy lets the caller in: by principal and external id; other conditions are taken to hold. */
function trusts(document: Document, context: Context, externalId: string | undefined): boolean {
  const policy = (typeof document === 'string' ? JSON.parse(document) : document) as {
    Statement?: Statement | Statement[];
  };
  return [policy.Statement ?? []].flat().some(({ Effect, Action, Principal, Condition }) => {
    if (
      Effect !== 'Allow' ||
      ![Action].flat().some((action) => action === 'sts:AssumeRole' || action === '*' || action === 'sts:*')
    )
      return false;
    const principals = typeof Principal === 'string' ? [Principal] : [Principal?.AWS ?? []].flat();
    const wanted = Object.values(Condition ?? {}).flatMap((keys) => [keys['sts:ExternalId'] ?? []].flat());
    return (
      principals.some((one) => isCaller(one, context)) && (wanted.length === 0 || wanted.includes(externalId ?? ''))
    );
  });
}

function isCaller(principal: string, { account, callerArn }: Context): boolean {
  const [, session = ''] = /:assumed-role\/([^/]+)\//.exec(callerArn) ?? [];
  const role = `arn:aws:iam::${account.id}:role/${session}`;
  return ['*', account.id, `arn:aws:iam::${account.id}:root`, callerArn, ...(session ? [role] : [])].includes(
    principal,
  );
}
