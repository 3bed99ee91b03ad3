"""One office with one letter, which no test changes."""

import pytest

from tests.letters.checking.office import Office, office


@pytest.fixture(scope="session")
def issuer(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return office(tmp_path_factory.mktemp("issuer"))
