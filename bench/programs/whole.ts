// As most programs are written: all of the SDK is loaded, of which the rest uses a few services.
import "@pulumi/aws";

export { urls } from "./raw";
