import { startBareServer } from './floor';
import { median, rounded } from './percentiles';
import { startProduct } from './product';
import type { Stage } from './stage';
import { temporaryFolder } from './world';

const rounds = 3;

/**
 * Seconds from the process to "Ready on": cold makes the database and loads the demo, warm finds them. Beside
 * them, a bare Express server.
 */
export async function start(stage: Stage): Promise<void> {
  const cold: number[] = [];
  const warm: number[] = [];
  const stops: number[] = [];
  const bare: number[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    stage.say(`Starting cold and warm, ${round} of ${rounds}`);
    const dataDir = await temporaryFolder(stage);
    for (const taken of [cold, warm]) {
      const product = await startProduct(stage, { DATA_DIR: dataDir });
      taken.push(product.startSeconds);
      stops.push(await product.stop());
    }
    bare.push((await startBareServer(stage)).startSeconds);
  }
  stage.print({
    bench: 'start',
    coldSeconds: rounded(median(cold)),
    warmSeconds: rounded(median(warm)),
    stopSeconds: rounded(median(stops)),
    floorSeconds: rounded(median(bare)),
  });
}
