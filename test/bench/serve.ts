// The emulator as a process of its own, so that its work is not counted as the audit's: node test/bench/serve.ts PROFILE-JSON SIZE
// SIZE is a name in worlds.ts, or the size of an organisation in JSON.
import { organizationWorldOf, type OrganizationSize } from '../emulator/generate.ts';
import { type Profile } from '../emulator/profile.ts';
import { startEmulator } from '../emulator/server.ts';
import { trafficOf } from './traffic.ts';
import { WORLDS } from './worlds.ts';

/** What the process answers to besides `stats`, `traffic`, `reset`, `memory` and `forget`. */
interface Order {
  readonly profile: Profile;
}

const [profile = '{}', size = 'S'] = process.argv.slice(2);
let behaviour = JSON.parse(profile) as Profile;
const emulator = await startEmulator({
  world: WORLDS[size]?.() ?? organizationWorldOf(JSON.parse(size) as OrganizationSize),
  profile: behaviour,
});
process.send?.({ endpoint: emulator.endpoint });
process.on('message', (message: string | Order) => {
  if (message === 'reset') {
    emulator.resetStats();
    emulator.ageReports();
  }
  if (message === 'traffic') process.send?.({ traffic: trafficOf(emulator.requests, behaviour) });
  if (message === 'stats') process.send?.({ stats: emulator.stats() });
  if (message === 'forget') {
    emulator.objects.clear();
    process.send?.({});
  }
  if (message === 'memory') process.send?.({ megabytes: process.resourceUsage().maxRSS / 1024 });
  if (typeof message === 'object') {
    behaviour = message.profile;
    emulator.setProfile(behaviour);
    process.send?.({});
  }
});
process.on('disconnect', () => void emulator.close());
