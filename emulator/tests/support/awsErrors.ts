import assert from "node:assert/strict";

/** The call throws an error of AWS's with this code. */
export const refuses = (call: () => unknown, code: string, message: RegExp) => {
  assert.throws(call, (error: Error & { code?: string }) => {
    assert.equal(error.code, code, error.message);
    assert.match(error.message, message);
    return true;
  });
};

/** The same for a call that answers later. */
export const rejects = async (call: Promise<unknown>, code: string, message: RegExp) => {
  const [outcome] = await Promise.allSettled([call]);
  refuses(
    () => {
      if (outcome.status === "rejected") {
        throw outcome.reason;
      }
    },
    code,
    message,
  );
};
