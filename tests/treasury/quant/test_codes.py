from treasury.quant.codes import CoverFlag, Reason, names, reason_names


def test_masks_turn_into_words_in_the_order_of_their_bits():
    assert reason_names(Reason.NONE) == []
    assert reason_names(Reason.TOO_FEW_POINTS | Reason.ZERO_EXPOSURE) == ["zero_exposure", "too_few_points"]
    assert names(CoverFlag, 3) == ["over_hedged", "wrong_direction"]


def test_codes_are_stored_and_keep_their_bits():
    assert [Reason.ZERO_EXPOSURE, Reason.ZERO_ITEM_CHANGE, Reason.OUT_OF_RANGE, Reason.STALE_DATA] == [
        1,
        32,
        2**16,
        2**45,
    ]
    assert max(Reason).bit_length() < 63
