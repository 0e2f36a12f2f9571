import { bundle } from "./bundle";
import { writeLaunchers } from "./launcher";

void bundle().then(() => writeLaunchers());
