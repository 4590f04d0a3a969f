from core.competency_matrix.files import BadMatrixFile
from core.errors import Problem


def test_a_file_that_cannot_be_read_says_why() -> None:
    error = BadMatrixFile("It has more than %(limit)d.", limit=5)

    assert error.problems == (Problem.of("file", "It has more than %(limit)d.", limit=5),)
