import { shop } from "../../lib/square.js";

// A real application knows who is logged in before this runs, and stores tokens under that account.
const connect = (request) => shop().connect(request);
export { connect as GET, connect as POST };
