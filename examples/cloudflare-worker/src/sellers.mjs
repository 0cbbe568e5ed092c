// The sellers who are connected, in D1. Their tokens are encrypted under a key that is not in the database.

export class Sellers {
  #db;
  #key;

  /** `key` is 32 random bytes in base64, a secret of the worker's. */
  constructor(db, key) {
    this.#db = db;
    const raw = Uint8Array.from(atob(key), (letter) => letter.charCodeAt(0));
    this.#key = () => crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
  }

  /** May come twice for one seller, so what is new takes the place of what was there. */
  async put(tokens) {
    const text = JSON.stringify({ access: tokens.accessToken.expose(), refresh: tokens.refreshToken?.expose() });
    const sealed = await this.#seal(tokens.merchantId, text);
    await this.#db.prepare("INSERT OR REPLACE INTO sellers VALUES (?, ?, ?)").bind(tokens.merchantId, sealed, Date.now()).run();
  }

  async remove(merchantId) {
    await this.#db.prepare("DELETE FROM sellers WHERE merchant_id = ?").bind(merchantId).run();
  }

  async all() {
    const { results } = await this.#db.prepare("SELECT merchant_id, tokens FROM sellers").all();
    const opened = results.map(async ({ merchant_id, tokens }) => {
      const { access } = JSON.parse(await this.#open(merchant_id, tokens));
      return { merchantId: merchant_id, accessToken: access };
    });
    return Promise.all(opened);
  }

  /** Acts once for each event, and not on news that is older than the connection. */
  async heard(event) {
    const known = await this.#db.prepare("INSERT OR IGNORE INTO events VALUES (?)").bind(event.eventId).run();
    if (known.meta.changes === 0 || event.type !== "oauth.authorization.revoked") return;
    const revokedAt = event.revokedAt?.getTime() ?? Date.now();
    await this.#db
      .prepare("DELETE FROM sellers WHERE merchant_id = ? AND connected_at <= ?")
      .bind(event.merchantId, revokedAt)
      .run();
  }

  async #seal(merchantId, text) {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const sealed = await crypto.subtle.encrypt(this.#bound(merchantId, iv), await this.#key(), new TextEncoder().encode(text));
    return btoa(String.fromCharCode(...iv, ...new Uint8Array(sealed)));
  }

  async #open(merchantId, sealed) {
    const bytes = Uint8Array.from(atob(sealed), (letter) => letter.charCodeAt(0));
    const opened = await crypto.subtle.decrypt(this.#bound(merchantId, bytes.subarray(0, 12)), await this.#key(), bytes.subarray(12));
    return new TextDecoder().decode(opened);
  }

  /** Bound to the seller, so that nobody can put one seller's tokens into another's row. */
  #bound(merchantId, iv) {
    return { name: "AES-GCM", iv, additionalData: new TextEncoder().encode(merchantId) };
  }
}
