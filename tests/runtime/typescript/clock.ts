/** Time that passes only when a test says so: no machine is too slow, none too fast. */

import type { TestContext } from "node:test";

export interface Clock {
  /** Lets `ms` milliseconds pass, one by one; what waits for them runs in between. */
  pass(ms: number): Promise<void>;
  /** Lets time pass until the promise is settled, and gives how many milliseconds that took. */
  until(promise: Promise<unknown>): Promise<number>;
}

/** Puts `Date` and `setTimeout` of this process under the test's hand until the test is over. */
export function clock({ mock }: TestContext, now = 1_800_000_000_000): Clock {
  const { timers } = mock;
  timers.enable({ apis: ["Date", "setTimeout"], now });
  const pass = async (ms: number): Promise<void> => {
    for (let passed = 0; passed < ms; passed++) {
      timers.tick(1);
      await turn();
    }
  };
  return {
    pass,
    async until(promise) {
      const start = Date.now();
      let settled = false;
      const done = (): void => void (settled = true);
      promise.then(done, done);
      for (await turn(); !settled; ) await pass(1);
      return Date.now() - start;
    },
  };
}

/** Waits until everything has run that waits for nothing but its turn. */
export function turn(): Promise<void> {
  return new Promise((done) => setImmediate(done));
}
