// The emulator as a process of its own, so that its work is not counted as the audit's: node test/bench/serve.ts PROFILE-JSON SIZE
import { type Profile } from '../emulator/profile.ts';
import { startEmulator } from '../emulator/server.ts';
import { WORLDS } from './worlds.ts';

const [profile = '{}', size = 'S'] = process.argv.slice(2);
const emulator = await startEmulator({
  world: WORLDS[size]!(),
  profile: JSON.parse(profile) as Profile,
});
process.send?.({ endpoint: emulator.endpoint });
process.on('message', (message) => {
  if (message === 'reset') emulator.resetStats();
  if (message === 'stats') process.send?.({ stats: emulator.stats() });
});
process.on('disconnect', () => void emulator.close());
