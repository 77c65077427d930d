import { printHandbook, printPicture } from '../pictures/index.ts';
import type { Printed, PrintJob } from '../print-shop.ts';

/** The other end of `openPrintShop`: prints one job after the other until the program that started it is gone. */
export function servePrintShop(): void {
  process.on('disconnect', () => process.exit(0));
  process.on('message', (job: PrintJob) => {
    print(job)
      .then<Printed, Printed>(
        (file) => ({ file }),
        (error: unknown) => ({ fault: error instanceof Error ? error.message : String(error) }),
      )
      .then((printed) => process.send?.(printed));
  });
}

function print(job: PrintJob): Promise<Buffer> {
  return job.kind === 'picture'
    ? printPicture(job.fraud, job.format, job.imprint)
    : printHandbook(job.base, job.imprint);
}
