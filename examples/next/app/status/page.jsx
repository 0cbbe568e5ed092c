import { shop, standing } from "../../lib/square.js";

export const dynamic = "force-dynamic";

export default async function Status() {
  const rows = [...shop().sellers.values()].map(async ({ tokens }) => [tokens.merchantId, await standing(tokens)]);
  const sellers = await Promise.all(rows);
  return (
    <main>
      <h1>Square</h1>
      {sellers.length === 0 && <p>Nobody is connected.</p>}
      {sellers.map(([id, text]) => (
        <section key={id}>
          <h2>{`Seller ${id}`}</h2>
          <p>{text}</p>
          <form method="post" action="/disconnect">
            <input type="hidden" name="merchant_id" value={id} />
            <button>Disconnect</button>
          </form>
        </section>
      ))}
      <p>
        <a href="/connect">Connect Square</a>
      </p>
    </main>
  );
}
