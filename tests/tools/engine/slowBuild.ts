// Makes a folder with a command that takes too long, to be interrupted by a test.
import { runCommand } from "../../../tools/engine/command";
import { buildOnce } from "../../../tools/engine/buildOnce";

// The sleep is a child of the shell; the shell tells the id of their group.
const SLOW = "echo $$ >&2; sleep 600; true";

void buildOnce(
  process.argv[2] ?? "",
  () => Promise.resolve(false),
  async ({ signal }) => {
    await runCommand("sh", ["-c", SLOW], {
      signal,
      onErrorLine: (line) => {
        console.log(line);
      },
    });
  },
  { line: console.error, status: console.error },
);
