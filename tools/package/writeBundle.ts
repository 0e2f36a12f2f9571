import { bundle } from "./bundle";

void bundle();
