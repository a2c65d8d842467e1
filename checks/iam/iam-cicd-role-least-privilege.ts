import { check, fail, pass, skip } from '../../lib/core/check.ts';
import { ATTACHED, heldBy } from './_admin.ts';
import { excessOf, isForPipelines, PIPELINES, takersOf } from './_pipelines.ts';

export default check({
  id: 'iam-cicd-role-least-privilege',
  title: 'Roles that pipelines take may do no more than build and deploy',
  severity: 'high',
  why: 'Whoever gets a commit or a dependency into the pipeline gets its role, and with it all that the role may do.',
  fix: 'aws iam put-role-permissions-boundary --role-name <role> --permissions-boundary <boundary-policy-arn>',
  resource: 'AWS::IAM::Role',
  uses: { ...ATTACHED, ...PIPELINES },
  params: { shareLimit: 5 },
  evaluate(role, { params, ...tables }) {
    if (!isForPipelines(role, tables)) return skip('no build, pipeline, deployment or workflow takes it');
    const takers = takersOf(role, tables);
    const [first, ...others] = excessOf(role, heldBy(role, tables));
    const more = others.length > 0 ? ` and ${others.length} more` : '';
    if (first)
      return fail(`a pipeline's role is allowed ${first.allowed}${more}`, { takers, excess: [first, ...others] });
    const sharing = tables.projects.having('roles', role.arn).all().length;
    if (sharing > params.shareLimit) return fail(`${sharing} build projects share the role`, { takers, sharing });
    return pass('nothing beyond building and deploying is allowed', { takers });
  },
});
