import { handlers } from "../square.js";

export const runtime = "edge";
export const dynamic = "force-dynamic";
export const GET = (request) => handlers().connect(request);
