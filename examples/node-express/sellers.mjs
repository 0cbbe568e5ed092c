// The sellers who are connected, in memory: they are lost when the server stops. A real application encrypts tokens
// before it stores them, under a key that is not in the database, and never logs them.

export class Sellers {
  #sellers = new Map();
  #events = new Set();

  /** May come twice for one seller, so what is new takes the place of what was there. */
  put(tokens) {
    this.#sellers.set(tokens.merchantId, { tokens, connectedAt: new Date() });
  }

  remove(merchantId) {
    this.#sellers.delete(merchantId);
  }

  all() {
    return [...this.#sellers.values()];
  }

  /** Acts once for each event, and not on news that is older than the connection. */
  heard(event) {
    if (this.#events.has(event.eventId)) return;
    this.#events.add(event.eventId);
    if (event.type !== "oauth.authorization.revoked") return;
    const seller = this.#sellers.get(event.merchantId);
    if (seller !== undefined && !(event.revokedAt < seller.connectedAt)) this.remove(event.merchantId);
  }
}
