import { disconnect } from "../../lib/square.js";

export const POST = (request) => disconnect(request);
