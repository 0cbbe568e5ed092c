import { shop } from "../../../lib/square.js";

export const POST = (request) => shop().webhook(request);
