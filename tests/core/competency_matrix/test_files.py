from core.competency_matrix.files import BadMatrixFile, file_too_large
from core.errors import Problem


def test_a_file_that_cannot_be_read_says_why() -> None:
    error = BadMatrixFile("It has more than %(limit)d.", limit=5)

    assert error.problems == (Problem.of("file", "It has more than %(limit)d.", limit=5),)


def test_a_file_that_is_too_large_is_told_how_large_it_may_be() -> None:
    assert [problem.params for problem in file_too_large().problems] == [{"limit": 10}]
