from square import Square

from grant import APPLICATION_ID, APPLICATION_SECRET, REFRESH_TOKEN

ASYNC = False


class Client:
    def __init__(self, address: str) -> None:
        self._client = Square(base_url=f"http://{address}", token="unused")

    def call(self) -> str:
        tokens = self._client.o_auth.obtain_token(
            client_id=APPLICATION_ID,
            client_secret=APPLICATION_SECRET,
            grant_type="refresh_token",
            refresh_token=REFRESH_TOKEN,
        )
        return tokens.access_token
