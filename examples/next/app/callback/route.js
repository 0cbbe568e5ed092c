import { shop } from "../../lib/square.js";

const callback = (request) => shop().callback(request);
// Without a HEAD of its own Next answers one by GET, and a link checker would spend the code.
export { callback as GET, callback as HEAD };
