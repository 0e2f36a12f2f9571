import { writeArchives } from "./archives";
import { bundle, PROVIDER_FOLDER } from "./bundle";

void bundle().then(() => writeArchives(PROVIDER_FOLDER));
