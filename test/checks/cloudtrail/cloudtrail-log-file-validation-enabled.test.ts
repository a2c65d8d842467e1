import validation from '../../../checks/cloudtrail/cloudtrail-log-file-validation-enabled.ts';
import { cases } from '../../support/cases.ts';
import { described, INHERITED } from './_trail.ts';

cases(validation, {
  pass: [
    { name: 'on', resource: described({}), message: /on$/, evidence: { logFileValidationEnabled: true } },
    {
      name: "on, of the organization's trail",
      resource: { ...described({}), ...INHERITED },
      message: 'account 444455556666',
    },
  ],
  fail: [
    {
      name: 'off',
      resource: described({ logFileValidationEnabled: false }),
      message: /off$/,
      evidence: { logFileValidationEnabled: false },
    },
    {
      name: "off, of the organization's trail",
      resource: { ...described({ logFileValidationEnabled: false }), ...INHERITED },
      message: 'account 444455556666',
    },
  ],
});
