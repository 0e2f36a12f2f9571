import { deployAll, type FleetMember, type FleetOptions } from "../../automation";

/*
 * A process of its own that deploys a fleet, to be killed in the middle: it tells of each environment
 * that is deployed by a line, and of the end by the summary's counts.
 */

interface Request {
  readonly members: FleetMember[];
  readonly options: FleetOptions;
}

process.once("message", (request: Request) => {
  const { members, options } = request;
  const onProgress: FleetOptions["onProgress"] = ({ environment, status }) => {
    if (status === "deployed") process.send?.({ environment, rss: process.memoryUsage.rss() });
  };
  deployAll(members, { ...options, onProgress }).then(
    ({ counts }) => {
      process.send?.({ counts });
      process.disconnect();
    },
    (error: unknown) => {
      process.send?.({ error: String(error) });
      process.disconnect();
    },
  );
});
