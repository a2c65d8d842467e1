// The emulator as a process of its own, so that its work is not counted as the audit's: node test/bench/serve.ts PROFILE-JSON SIZE
// SIZE is a name in worlds.ts, or the size of an organisation in JSON.
import { organizationWorldOf, type OrganizationSize } from '../emulator/generate.ts';
import { type Profile } from '../emulator/profile.ts';
import { startEmulator } from '../emulator/server.ts';
import { WORLDS } from './worlds.ts';

/** What the process answers to besides `stats`, `reset` and `memory`. */
interface Order {
  readonly profile: Profile;
}

const [profile = '{}', size = 'S'] = process.argv.slice(2);
const emulator = await startEmulator({
  world: WORLDS[size]?.() ?? organizationWorldOf(JSON.parse(size) as OrganizationSize),
  profile: JSON.parse(profile) as Profile,
});
process.send?.({ endpoint: emulator.endpoint });
process.on('message', (message: string | Order) => {
  if (message === 'reset') emulator.resetStats();
  if (message === 'stats') process.send?.({ stats: emulator.stats() });
  if (message === 'memory') process.send?.({ megabytes: process.resourceUsage().maxRSS / 1024 });
  if (typeof message === 'object') {
    emulator.setProfile(message.profile);
    process.send?.({});
  }
});
process.on('disconnect', () => void emulator.close());
