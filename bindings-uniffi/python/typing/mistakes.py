"""What type checkers have to find: where one is not found, its `type: ignore` is unused, and that is an error."""

from square_oauth import AsyncOAuthClient, OAuthClient, Tokens, Webhooks
from square_oauth.web import WebHandlers


async def mistakes(square: OAuthClient, waited: AsyncOAuthClient) -> None:
    OAuthClient("id", "secret", enviroment="sandbox")  # type: ignore[call-arg]
    OAuthClient("id", 12, environment="sandbox")  # type: ignore[arg-type]
    square.obtain_token(migration_token="x", short_lived=True)  # type: ignore[call-overload]
    square.obtain_token()  # type: ignore[call-overload]
    square.revoke_token(all="a", only="b")  # type: ignore[call-overload]
    print(square.complete("/callback").merchant_id)  # type: ignore[call-arg]
    print(waited.check_application().merchant_id)  # type: ignore[attr-defined]
    Webhooks(notification_url="https://example.com", signature_key="key").verify({}, "signature")  # type: ignore[arg-type]
    print(square.complete("/callback", None).refresh_token.expose())  # type: ignore[union-attr]


def wrong_functions(square: OAuthClient, handlers: WebHandlers) -> None:
    def no_request(tokens: Tokens) -> None: ...

    WebHandlers(square, public_url="https://a", scopes=["b"], on_connected=no_request)  # type: ignore[arg-type]
    WebHandlers(square, public_url="https://a", scopes=["b"])  # type: ignore[call-arg]
    handlers.connect({"method": "GET"})  # type: ignore[arg-type]
