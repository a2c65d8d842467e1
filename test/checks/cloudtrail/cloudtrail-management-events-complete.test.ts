import managementEvents from '../../../checks/cloudtrail/cloudtrail-management-events-complete.ts';
import { cases } from '../../support/cases.ts';
import { advanced, basic, described, field, INHERITED, TRAIL } from './_trail.ts';

const resource = {};
const MANAGEMENT = field('eventCategory', { equals: ['Management'] });
const selecting = (eventSelectors: ReturnType<typeof basic>, name = 'trail') => ({
  ...TRAIL,
  arn: `arn:aws:cloudtrail:eu-west-1:111122223333:trail/${name}`,
  eventSelectors,
});
/** GetEventSelectors fails in a member: the row has none. */
const inherited = { ...TRAIL, ...INHERITED, id: 'org' } as ReturnType<typeof selecting>;
const trails = (...rows: ReturnType<typeof selecting>[]) => ({ resource, with: { trails: rows } });
const reads = selecting(basic({ readWriteType: 'ReadOnly' }), 'reads');
const writes = selecting(basic({ readWriteType: 'WriteOnly' }), 'writes');
const all = selecting(basic({}));

cases(managementEvents, {
  pass: [
    { name: 'the default selectors of a fresh trail', ...trails(all), message: 'all management events are recorded' },
    {
      name: 'reads and writes by two selectors',
      ...trails(selecting(basic({ readWriteType: 'ReadOnly' }, { readWriteType: 'WriteOnly' }))),
    },
    { name: 'reads by one trail, writes by another', ...trails(reads, writes) },
    {
      name: 'without the one source that may be left out',
      ...trails(selecting(basic({ excludeManagementEventSources: ['rdsdata.amazonaws.com'] }))),
    },
    { name: 'advanced, without a name', ...trails(selecting(advanced([MANAGEMENT]))) },
    {
      name: 'advanced, reads and writes apart',
      ...trails(
        selecting(
          advanced(
            [MANAGEMENT, field('readOnly', { equals: ['true'] })],
            [field('readOnly', { equals: ['false'] }), MANAGEMENT],
          ),
        ),
      ),
    },
    {
      name: 'advanced, without the one source that may be left out',
      ...trails(selecting(advanced([MANAGEMENT, field('eventSource', { notEquals: ['rdsdata.amazonaws.com'] })]))),
    },
    {
      name: 'sources that the settings let out',
      ...trails(selecting(basic({ excludeManagementEventSources: ['kms.amazonaws.com'] }))),
      params: { allowedExcludedSources: ['kms.amazonaws.com'] },
    },
    {
      name: "the organization's trail: a member cannot read its selectors",
      ...trails(inherited),
      message:
        'satisfied by the organisation trail org of account 444455556666: which events it selects, only that account can read',
    },
    {
      name: 'an own one that leaves something out, beside it',
      ...trails(reads, inherited),
      message: 'organisation trail org',
    },
    {
      name: 'an own one that is complete, beside it',
      ...trails(inherited, all),
      message: 'all management events are recorded',
    },
  ],
  fail: [
    { name: 'no trail', ...trails(), evidence: { trails: [] } },
    { name: 'reads alone', ...trails(reads), evidence: { trails: [reads.arn] } },
    { name: 'writes alone', ...trails(writes) },
    { name: 'management events left out', ...trails(selecting(basic({ includeManagementEvents: false }))) },
    {
      name: 'KMS left out',
      ...trails(selecting(basic({ excludeManagementEventSources: ['kms.amazonaws.com', 'rdsdata.amazonaws.com'] }))),
    },
    { name: 'data events alone', ...trails(selecting(advanced([field('eventCategory', { equals: ['Data'] })]))) },
    {
      name: 'advanced, reads alone',
      ...trails(selecting(advanced([MANAGEMENT, field('readOnly', { equals: ['true'] })]))),
    },
    {
      name: 'advanced, KMS left out',
      ...trails(selecting(advanced([MANAGEMENT, field('eventSource', { notEquals: ['kms.amazonaws.com'] })]))),
    },
    {
      name: 'advanced, one source alone',
      ...trails(selecting(advanced([MANAGEMENT, field('eventSource', { equals: ['iam.amazonaws.com'] })]))),
    },
    {
      name: 'advanced, narrowed by something else',
      ...trails(selecting(advanced([MANAGEMENT, field('eventName', { notEquals: ['GetObject'] })]))),
    },
    {
      name: 'advanced, of no category',
      ...trails(selecting(advanced([field('readOnly', { equals: ['true', 'false'] })]))),
    },
    { name: 'a stopped trail', ...trails({ ...all, status: { isLogging: false } }) },
    {
      name: 'a trail of one region',
      ...trails({ ...all, ...described({ isMultiRegionTrail: false }), eventSelectors: all.eventSelectors }),
    },
    {
      name: "the organization's trail, stopped",
      ...trails({ ...inherited, status: { isLogging: false } }),
      evidence: { trails: [] },
    },
    {
      name: 'selectors of a trail of another account are not its own',
      ...trails({
        ...all,
        ...INHERITED,
        ...described({ isMultiRegionTrail: false }),
        owner: '444455556666',
        eventSelectors: all.eventSelectors,
      }),
    },
  ],
});
