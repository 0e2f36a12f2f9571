import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { logTo } from "../../../tools/engine/log";

describe("the log of the engine's search", () => {
  const stream = (properties: { isTTY: boolean; columns?: number }) =>
    Object.assign(new PassThrough(), properties) as unknown as NodeJS.WriteStream & PassThrough;

  it("rewrites one line on a terminal, cut to its width, and clears it for a line that stays", () => {
    const terminal = stream({ isTTY: true, columns: 30 });
    const log = logTo(terminal);

    log.line("start");
    log.status("1 of 2");
    log.status("2 of 2 and more than fits here");
    log.line("end");

    assert.equal(
      String(terminal.read()),
      "start\n\r\u001b[K1 of 2\r\u001b[K2 of 2 and more than fits her\r\u001b[Kend\n",
    );
  });

  it("keeps the status to itself elsewhere, until a while has passed", () => {
    const file = stream({ isTTY: false });
    const log = logTo(file);

    log.line("start");
    log.status("1 of 2");
    log.line("end");

    assert.equal(String(file.read()), "start\nend\n");
  });
});
