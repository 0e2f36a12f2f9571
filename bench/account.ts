import { type Account, instance, sampleAccount } from "../emulator";
import { serverIds } from "./servers";

/** The sample account with as many servers as a program uses, in the zones that it names. */
export function accountOf(servers: number): Account {
  const account = sampleAccount();
  const instances = serverIds(servers).map((id, index) => {
    const zone = index % 2;
    const address = `172.31.${zone * 16 + Math.floor(index / 400)}.${10 + (Math.floor(index / 2) % 200)}`;
    return instance(id, account.subnets[zone], address);
  });
  return { ...account, instances };
}
