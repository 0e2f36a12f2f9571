import assert from "node:assert/strict";
import { EventEmitter, once } from "node:events";
import { FleetPlanError, type FleetMember, tasksOf, type Task } from "../../automation/fleet/plan";
import { atMost, runInOrder, type Schedule } from "../../automation/fleet/schedule";

/** What happened to tasks, in order. */
interface Course {
  readonly begun: string[];
  readonly ended: string[];
  readonly skipped: Record<string, string>;
  readonly gates: string[][];
  readonly most: number;
}

const task = (name: string, after: string[] = [], wave = 1): Task => ({ name, after, wave });

/** Runs tasks that end in an order of chance. */
async function run(
  tasks: readonly Task[],
  changes: Partial<Schedule> = {},
  fails: readonly string[] = [],
  random = () => 0,
): Promise<Course> {
  const begun: string[] = [];
  const ended: string[] = [];
  const skipped: Record<string, string> = {};
  const gates: string[][] = [];
  const open = new Map<string, () => void>();
  const changed = new EventEmitter();
  let most = 0;
  const done = runInOrder(tasks, {
    concurrency: 2,
    continueOnFailure: false,
    signal: undefined,
    gate: async (names) => {
      gates.push([...names]);
      return Promise.resolve(undefined);
    },
    skip: (name, reason) => {
      skipped[name] = reason;
    },
    ...changes,
    run: async (name) => {
      begun.push(name);
      const end = new Promise<void>((resolve) => open.set(name, resolve));
      most = Math.max(most, open.size);
      changed.emit("begun");
      await end;
      ended.push(name);
      return !fails.includes(name);
    },
  });
  const course = { over: false };
  void done.then(() => {
    course.over = true;
    changed.emit("begun");
  });
  while (!course.over) {
    const names = [...open.keys()];
    if (names.length === 0) await once(changed, "begun");
    else {
      const name = names[Math.floor(random() * names.length)];
      open.get(name)?.();
      open.delete(name);
      // What follows from it happens before the next one ends.
      await new Promise(setImmediate);
    }
  }
  await done;
  return { begun, ended, skipped, gates, most };
}

describe("the order of a fleet", () => {
  it("keeps the limit of deployments at a time, and begins all in the end", async () => {
    const tasks = ["a", "b", "c", "d", "e"].map((name) => task(name));
    const { begun, most } = await run(tasks, { concurrency: 3 });
    assert.deepEqual(begun, ["a", "b", "c", "d", "e"]);
    assert.equal(most, 3);
  });

  it("begins those first that others wait for", async () => {
    const { begun, ended } = await run([
      task("prod", ["test"]),
      task("test", ["dev"]),
      task("dev"),
    ]);
    assert.deepEqual(begun, ["dev", "test", "prod"]);
    assert.deepEqual(ended, begun);
  });

  it("begins a wave when the gate of the one before has opened", async () => {
    const tasks = [task("b", [], 2), task("a1"), task("a2"), task("c", [], 3)];
    const { begun, gates } = await run(tasks);
    assert.deepEqual(begun, ["a1", "a2", "b", "c"]);
    assert.deepEqual(gates, [["a1", "a2"], ["b"], ["c"]]);
  });

  it("begins nothing behind a gate that stays closed, and reports the reason", async () => {
    const { begun, skipped } = await run([task("a"), task("b", [], 2), task("c", [], 3)], {
      gate: () => Promise.resolve("i-1 is unhealthy"),
    });
    assert.deepEqual(begun, ["a"]);
    assert.deepEqual(skipped, { b: "i-1 is unhealthy", c: "i-1 is unhealthy" });
  });

  it("begins nothing new after a failure, and finishes what runs", async () => {
    const tasks = ["a", "b", "c", "d"].map((name) => task(name));
    const { begun, ended, skipped } = await run(tasks, {}, ["a"]);
    assert.deepEqual(begun, ["a", "b"]);
    assert.deepEqual(ended, ["a", "b"]);
    assert.deepEqual(skipped, { c: "a failed", d: "a failed" });
  });

  it("goes on with what does not depend on the failed one, if asked, but not to the next wave", async () => {
    const tasks = [task("a"), task("b", ["a"]), task("c", ["b"]), task("d"), task("e", [], 2)];
    const { begun, skipped, gates } = await run(tasks, { continueOnFailure: true }, ["a"]);
    assert.deepEqual(begun, ["a", "d"]);
    assert.deepEqual(skipped, {
      b: "it waits for a, which did not succeed",
      c: "it waits for b, which did not succeed",
      e: "in wave 1, these are not deployed: a, b, c",
    });
    assert.deepEqual(gates, []);
  });

  it("begins nothing once it is cancelled", async () => {
    const abort = new AbortController();
    const tasks = ["a", "b", "c"].map((name) => task(name));
    const { begun, skipped } = await run(
      tasks,
      { signal: abort.signal, concurrency: 1 },
      [],
      () => {
        abort.abort();
        return 0;
      },
    );
    assert.deepEqual(begun, ["a"]);
    assert.deepEqual(Object.keys(skipped), ["b", "c"]);
    assert.equal(skipped.b, "the run was cancelled");
  });

  it("holds for any plan", async () => {
    for (let seed = 1; seed <= 300; seed++) {
      const random = chance(seed);
      const tasks = planOf(random);
      const fails = tasks.map(({ name }) => name).filter(() => random() < 0.1);
      const goOn = random() < 0.5;
      const concurrency = 1 + Math.floor(random() * 4);
      const course = await run(tasks, { continueOnFailure: goOn, concurrency }, fails, random);
      const accounted = [...course.begun, ...Object.keys(course.skipped)].sort();
      assert.deepEqual(accounted, tasks.map(({ name }) => name).sort(), `plan ${seed}: not all`);
      assert.ok(course.most <= concurrency, `plan ${seed}: too many at a time`);
      for (const { name, after, wave } of tasks.filter((one) => course.begun.includes(one.name))) {
        const earlier = tasks.filter((one) => one.wave < wave).map((one) => one.name);
        for (const before of [...after, ...earlier]) {
          assert.ok(!fails.includes(before), `plan ${seed}: ${name} began though ${before} failed`);
          assert.ok(
            course.begun.indexOf(before) < course.begun.indexOf(name),
            `plan ${seed}: order`,
          );
        }
      }
      if (fails.length === 0) assert.deepEqual(course.skipped, {}, `plan ${seed}: skipped`);
    }
  });
});

/** Numbers between 0 and 1 that are the same in each run of the test. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

function planOf(random: () => number): Task[] {
  const names = Array.from({ length: 1 + Math.floor(random() * 12) }, (_, index) => `e${index}`);
  const waves = names.map(() => 1 + Math.floor(random() * 3)).sort();
  return names.map((name, index) => {
    const before = names.slice(0, index).filter(() => random() < 0.2);
    return task(name, before, waves[index]);
  });
}

describe("a limited number of tasks at a time", () => {
  it("keeps the limit, and begins no more after a failure", async () => {
    const begun: number[] = [];
    const ended: number[] = [];
    const items = Array.from({ length: 10 }, (_, index) => index);
    const work = async (item: number) => {
      begun.push(item);
      assert.ok(begun.length - ended.length <= 3);
      await new Promise(setImmediate);
      ended.push(item);
      if (item === 4) throw new Error("4 failed");
    };
    await assert.rejects(atMost(3, items, work), /4 failed/);
    assert.ok(begun.length < items.length);
    assert.equal(begun.length, ended.length);
    begun.length = ended.length = 0;
    await atMost(3, [0, 1, 2, 3], work);
    assert.deepEqual(begun, [0, 1, 2, 3]);
  });

  it("has ended when an aborted run rejects", async () => {
    let ended = false;
    const slow = async () => {
      await new Promise(setImmediate);
      ended = true;
      return true;
    };
    const broken = runInOrder([task("a"), task("b"), task("c")], {
      concurrency: 2,
      continueOnFailure: true,
      signal: undefined,
      run: (name) => (name === "a" ? Promise.reject(new Error("no")) : slow()),
      gate: () => Promise.resolve(undefined),
      skip: () => undefined,
    });
    await assert.rejects(broken, /no/);
    assert.ok(ended);
  });
});

describe("the plan of a fleet", () => {
  const member = (name: string, after?: string[], wave?: number): FleetMember => ({
    options: { name },
    after,
    wave,
  });

  const problemsOf = (...members: FleetMember[]): readonly string[] => {
    try {
      tasksOf(members);
    } catch (error) {
      assert.ok(error instanceof FleetPlanError);
      return error.problems;
    }
    return [];
  };

  it("is accepted if it can be followed", () => {
    assert.deepEqual(problemsOf(member("a"), member("b", ["a"]), member("c", ["a", "b"], 2)), []);
  });

  it("is refused with all problems", () => {
    assert.deepEqual(
      problemsOf(
        member("a"),
        member("a"),
        member("b", ["x"]),
        member("c", ["d"]),
        member("d", [], 2),
      ),
      [
        "a is listed twice; list each environment once",
        'b: its option "after" lists x, which is not in the fleet; add x to the fleet, or remove x from "after"',
        'c is in wave 1, but its option "after" lists d, which is in wave 2; put c into wave 2 or a later one, or remove d from "after"',
      ],
    );
  });

  it("is refused when environments wait for each other in a circle", () => {
    assert.deepEqual(problemsOf(member("a", ["c"]), member("b", ["a"]), member("c", ["b"])), [
      "a is after c is after b is after a; remove this cycle",
    ]);
    assert.deepEqual(problemsOf(member("a", ["a"])), ["a is after a; remove this cycle"]);
  });

  it("is refused with invalid limits", () => {
    for (const concurrency of [0, -1, 1.5, NaN, "4" as unknown as number]) {
      assert.throws(() => tasksOf([member("a")], { concurrency }), {
        message: /concurrency must be a whole number of at least 1, got /,
      });
    }
    const limits = { timeLimit: 0, healthGate: { timeLimit: NaN } };
    assert.throws(
      () => tasksOf([member("a", [], NaN)], limits),
      (error) => {
        assert.ok(error instanceof FleetPlanError);
        assert.equal(error.problems.length, 3);
        return true;
      },
    );
    assert.equal(tasksOf([member("a")], { concurrency: 1, timeLimit: 1 }).length, 1);
  });
});
