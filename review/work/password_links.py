"""Links by which somebody whose password was forgotten chooses another one, once, within a day.

Nothing is stored for a link. Its signature covers the account's password as it is kept, so that any change of the
password, by the link or otherwise, makes the link worthless; neither of them can be made from the link.
"""

from datetime import timedelta
from hashlib import sha256

from itsdangerous import BadSignature, TimestampSigner

from review.errors import BadInput, NotFound
from review.store import accounts, audits
from review.store.accounts import Account
from review.store.engine import Engine
from review.work import administering, passwords, signing_in
from review.work.accounts import Person

LASTS = timedelta(hours=24)


def make(engine: Engine, key: str, account_id: int, person: Person) -> str:
    """The token of a link for somebody else's account."""
    account = administering.find_of_another(engine, account_id, person)
    if account.disabled:
        raise BadInput(f"The account “{account.name}” is disabled: enable it first.")
    audits.append_audit(engine, person.name, "account", f"made a link for a new password for {account.name}")
    return _signer(key, account).sign(str(account.id)).decode("ascii")


def find(engine: Engine, key: str, token: str, address: str) -> Account:
    """Whose password a link changes. A wrong one is counted: NotFound, and TooOften after too many."""
    account = _account(engine, token.partition(".")[0])
    if account is None or account.disabled or not _is_right(key, account, token):
        signing_in.count_wrong_link(engine, address)
        raise _worthless()
    return account


def use(engine: Engine, key: str, token: str, address: str, password: str) -> None:
    """Change the password by a link; wherever the account is signed in, that ends."""
    account = find(engine, key, token, address)
    if not accounts.replace_password(engine, account, passwords.make_hash(password)):
        raise _worthless()  # another sending of the form was quicker
    signing_in.forget_wrong(engine, account.name, address)


def _account(engine: Engine, number: str) -> Account | None:
    known = number.isascii() and number.isdigit() and len(number) < 10
    return accounts.find_account_of(engine, int(number)) if known else None


def _is_right(key: str, account: Account, token: str) -> bool:
    try:
        _signer(key, account).unsign(token, max_age=int(LASTS.total_seconds()))
    except BadSignature:
        return False
    return True


def _signer(key: str, account: Account) -> TimestampSigner:
    covered = f"new password {account.password_hash}"
    return TimestampSigner(key, salt=covered, key_derivation="hmac", digest_method=sha256)


def _worthless() -> NotFound:
    return NotFound(
        "This link gives no new password: it was used, is older than a day, is not whole, "
        "or its account has changed since; ask an admin for another one."
    )
