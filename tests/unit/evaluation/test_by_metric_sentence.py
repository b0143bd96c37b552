from misnomer.evaluation.by_metric_sentence import by_metric_sentence
from misnomer.evaluation.results import BinnedRate


def bins(*counts_and_rates: tuple[int, float]) -> list[BinnedRate]:
    return [
        BinnedRate(low=place, high=place + 1, sample_count=count, rate=rate, interval=(rate - 0.2, rate + 0.1))
        for place, (count, rate) in enumerate(counts_and_rates)
    ]


def test_nothing_to_see_is_said_with_the_last_bin():
    sentence = by_metric_sentence("Red", "recall", bins((80, 0.8), (85, 0.75)), 0.79, 0.4, 0.4, 0.4)
    assert sentence == (
        "On 165 samples, recall shows no change with Red beyond chance (trend p = 0.40); the last bin, 0.75 on 85 "
        "samples, agrees with the overall 0.79 (interval 0.55 to 0.85)."
    )


def test_a_trend_is_said_with_the_smallest_bin():
    sentence = by_metric_sentence("Red", "precision", bins((80, 0.9), (1, 0.0), (84, 0.7)), 0.79, 0.002, 0.01, 0.4)
    assert sentence == (
        "On 165 samples, precision falls as Red rises (trend p = 0.002), from 0.90 in the first bin to 0.70 in the "
        "last; the smallest bin, 0.00 on 1 sample, does not agree with the overall 0.79 (interval -0.20 to 0.10)."
    )


def test_a_rise_is_a_rise():
    assert by_metric_sentence("Red", "recall", bins((50, 0.5), (50, 0.9)), 0.7, 0.01, 0.01, None) == (
        "On 100 samples, recall rises as Red rises (trend p = 0.010), from 0.50 in the first bin to 0.90 in the last."
    )


def test_ends_that_do_not_show_the_rise_are_left_out():
    curve = bins((50, 0.6), (900, 0.4), (900, 0.7), (50, 0.6))
    sentence = by_metric_sentence("Red", "recall", curve, 0.56, 0.01, 0.02, 0.02)
    assert sentence == "On 1,900 samples, recall rises as Red rises (trend p = 0.010)."


def test_a_difference_without_trend_names_the_lowest_bin():
    sentence = by_metric_sentence("Red", "recall", bins((50, 0.9), (50, 0.4), (50, 0.9)), 0.73, 0.9, 0.0001, 0.0001)
    assert sentence.startswith(
        "On 150 samples, recall differs between bins of Red (p < 0.001) without rising or falling steadily, lowest "
        "with 0.40 from 1 to 2."
    )


def test_a_rise_that_turns_says_where_it_was_highest():
    sentence = by_metric_sentence("Red", "recall", bins((50, 0.2), (50, 0.9), (50, 0.6)), 0.57, 0.001, 0.0001, 0.0001)
    assert "recall rises as Red rises (trend p = 0.001), but not to the end: highest with 0.90 from 1 to 2." in sentence


def test_a_fall_that_begins_with_a_rise_says_where_it_was_highest():
    sentence = by_metric_sentence("Red", "recall", bins((50, 0.6), (50, 0.9), (50, 0.2)), 0.57, 0.001, 0.0001, 0.0001)
    assert (
        "falls as Red rises (trend p = 0.001), but not from the beginning: highest with 0.90 from 1 to 2." in sentence
    )


def test_a_steep_and_then_a_slow_rise_is_a_rise():
    sentence = by_metric_sentence("Red", "recall", bins((50, 0.2), (50, 0.8), (50, 0.9)), 0.63, 0.001, 0.0001, 0.0001)
    assert "recall rises as Red rises (trend p = 0.001), from 0.20 in the first bin to 0.90 in the last." in sentence


def test_one_bin_tells_nothing():
    assert by_metric_sentence("Red", "recall", bins((25, 0.9)), 0.9, None, None, None) == (
        "The 25 samples with a value of Red make one bin, so how recall depends on it cannot be told."
    )


def test_a_rate_of_one_everywhere_is_said():
    assert by_metric_sentence("Red", "recall", bins((50, 1.0), (50, 1.0)), 1.0, None, None, None) == (
        "Recall is 1 in every bin of Red, on 100 samples."
    )
