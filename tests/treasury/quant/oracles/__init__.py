"""Who holds each public array function of valuation, effectiveness, ratios, curves, measurement and strategy.

A row a function: what it is held against (another library, a plain re-implementation without arrays, certified or
worked figures) and the test files that do it, in this folder or `folder/`, without `test_`. `module.*` are the inner
parts of a module, held through the functions named. `tests/architecture/test_oracles.py` fails for a function without
a row and for a row whose test does not use it.

    valuation.components.round_components | Decimal | scalar_valuation
    valuation.credit.credit_adjustment | QuantLib FlatHazardRate; plain | fx_quantlib scalar_valuation
    valuation.cross_currency_swap.cross_currency_swap_value | QuantLib; fractions | swaps_quantlib scalar_valuation
    valuation.cross_currency_swap.principal_leg_value | QuantLib MtM swaps; fractions | swaps_quantlib scalar_valuation
    valuation.flows.flows_value | QuantLib legs; fractions | swaps_quantlib scalar_valuation
    valuation.flows.flow_factors | QuantLib legs | swaps_quantlib
    valuation.futures.notional_value | fractions | scalar_valuation
    valuation.futures.futures_profit | fractions | scalar_valuation
    valuation.fx_forward.fx_forward_present_value | fx_forward_value, digit for digit | scalar_valuation
    valuation.fx_forward.fx_forward_value | QuantLib FxForward; fractions | fx_quantlib scalar_valuation
    valuation.fx_option.fx_option_unit_values | QuantLib AnalyticEuropeanEngine | fx_quantlib
    valuation.fx_option.fx_option_value | QuantLib AnalyticEuropeanEngine; plain | fx_quantlib scalar_valuation
    valuation.fx_swap.fx_swap_value | QuantLib FxForward, two; fractions | fx_quantlib scalar_valuation
    valuation.interest_rate_swap.annuity | QuantLib; fractions | swaps_quantlib scalar_valuation
    valuation.interest_rate_swap.floating_annuity | QuantLib; fractions | swaps_quantlib scalar_valuation
    valuation.interest_rate_swap.interest_rate_swap_present_value | QuantLib VanillaSwap | swaps_quantlib
    valuation.interest_rate_swap.interest_rate_swap_value | QuantLib; fractions | swaps_quantlib scalar_valuation
    valuation.option_payoff.option_payoff | QuantLib PlainVanillaPayoff; fractions | fx_quantlib scalar_valuation
    valuation.swap_grid.grid_annuity | QuantLib VanillaSwap | swaps_quantlib
    valuation.swap_grid.grid_floating_leg | QuantLib VanillaSwap | swaps_quantlib
    valuation.spot.spot_value | fractions | scalar_valuation

    effectiveness.credit_dominance.credit_dominance | fractions | scalar_effectiveness
    effectiveness.criteria.economic_relationship | fractions | scalar_effectiveness
    effectiveness.criteria.credit_criterion | fractions | scalar_effectiveness
    effectiveness.criteria.hedge_ratio_criterion | fractions | scalar_effectiveness
    effectiveness.critical_terms.critical_terms_match | plain | scalar_effectiveness
    effectiveness.dollar_offset.dollar_offset | fractions | scalar_effectiveness
    effectiveness.flips.flips | judging the turned statuses again | effectiveness/flips
    effectiveness.prospective.scenario_offsets | fractions | scalar_effectiveness
    effectiveness.regression.regression | NIST; statsmodels; fractions | certified statistics scalar_effectiveness
    effectiveness.regression_status.regression_status | statsmodels; fractions | statistics scalar_effectiveness
    effectiveness.regression_status.* | inner | regression_status
    effectiveness.regression_sums.* | inner | regression
    effectiveness.relationship_status.relationship_status | fractions | scalar_effectiveness
    effectiveness.relationship_status.least_favourable | fractions | scalar_effectiveness
    effectiveness.series.* | inner | regression variance_reduction
    effectiveness.variance_reduction.variance_reduction | scipy; fractions | statistics scalar_effectiveness

    ratios.cash_flow_at_risk.cash_flow_at_risk | scipy; fractions | ratios/cash_flow_at_risk
    ratios.exposure_waterfall.exposure_waterfall | walk of each exposure | ratios/exposure_waterfall
    ratios.forecast_accuracy.forecast_accuracy | plain loop in fractions | ratios/forecast_accuracy
    ratios.forecast_lead.forecast_before | plain search of versions | ratios/forecast_lead
    ratios.forecast_lead.months_before | plain calendar | ratios/forecast_lead
    ratios.futures_contracts.futures_contracts | fractions | ratios/against_scalar_cover
    ratios.futures_contracts.beta_contracts | fractions | ratios/against_scalar_cover
    ratios.futures_contracts.tailed_count | fractions | ratios/against_scalar_cover
    ratios.hedge_outcome.hedge_outcome | fractions | ratios/against_scalar_cover
    ratios.hedge_ratio.hedge_ratio | fractions | ratios/against_scalar_cover
    ratios.hedge_ratio.group_hedge_ratio | fractions | ratios/against_scalar_cover
    ratios.hedge_turnover.hedge_turnover | fractions | ratios/against_scalar_rates
    ratios.hedge_turnover.own_moves | fractions | ratios/against_scalar_rates
    ratios.hedged_rate.leg_rates | fractions | ratios/against_scalar_rates
    ratios.hedged_rate.layer_rates | fractions | ratios/against_scalar_rates
    ratios.hedging_frontier.hedging_frontier | fractions | ratios/against_scalar_statistics
    ratios.hedging_frontier.efficient | fractions | ratios/against_scalar_statistics
    ratios.horizon_profile.horizon_profile | fractions | ratios/against_scalar_cover
    ratios.horizon_profile.coverage_declines | plain loop | ratios/against_scalar_cover
    ratios.horizon_profile.* | inner | horizon_profile
    ratios.minimum_variance.minimum_variance_ratio | scipy; fractions | statistics ratios/against_scalar_statistics
    ratios.minimum_variance.ratio_from_statistics | scipy; fractions | statistics ratios/against_scalar_cover
    ratios.minimum_variance.contract_count | scipy; fractions | statistics ratios/against_scalar_cover
    ratios.minimum_variance_stability.minimum_variance_stability | fractions | ratios/against_scalar_statistics
    ratios.minimum_variance_stability.* | inner | minimum_variance_stability
    ratios.portfolio_minimum_variance.portfolio_minimum_variance | fractions | ratios/against_scalar_statistics
    ratios.position_count.is_hedged | fractions | ratios/against_scalar_cover
    ratios.position_count.position_count_ratio | fractions | ratios/against_scalar_cover
    ratios.position_count.group_position_counts | fractions | ratios/against_scalar_cover
    ratios.position_count.count_differs | fractions | ratios/against_scalar_cover
    ratios.position_cover.position_cover | plain loop | ratios/position_cover
    ratios.ratio_attribution.percent | fractions | ratios/ratio_attribution
    ratios.ratio_attribution.ratio_attribution | fractions | ratios/ratio_attribution
    ratios.ratio_attribution.ratio_of | fractions | ratios/ratio_attribution
    ratios.savings_to_loss.savings_to_loss | fractions | ratios/against_scalar_statistics
    ratios.savings_to_loss.* | inner | savings_to_loss
    ratios.scaling.* | inner | portfolio_minimum_variance savings_to_loss
    ratios.sensitivity_hedge.sensitivity_hedge_ratio | fractions | ratios/against_scalar_cover
    ratios.tails.tail | scipy; fractions | ratios/against_scalar_statistics
    ratios.tails.* | inner | cash_flow_at_risk savings_to_loss

    curves.bootstrap.build_curves | the quotes themselves, by QuantLib | curves/bootstrap
    curves.bootstrap.bootstrap | the quotes themselves, by QuantLib | curves/bootstrap
    curves.grid.daily_grid | QuantLib ZeroCurve | curves_quantlib
    curves.grid.grid_factors | QuantLib ZeroCurve | curves_quantlib
    curves.grid.grid_rates | QuantLib ZeroCurve | curves_quantlib
    curves.grid.grid_forward_rates | curves.zero, digit for digit | curves/grid
    curves.implied.carries | plain | curves/implied
    curves.implied.pair_carries | plain | curves/implied
    curves.implied.price_carries | plain | curves/implied
    curves.interpolation.* | inner | zero_rates
    curves.needs.curve_maker | by hand | curves/needs
    curves.needs.curve_needs | by hand | curves/needs
    curves.parity.parity_forward_rate | QuantLib InterestRate | fx_quantlib
    curves.period_rates.period_rates | QuantLib forwardRate | curves_quantlib
    curves.rate_curve.failed_curve | by hand | curves/bootstrap
    curves.rate_helpers.* | inner | bootstrap
    curves.spreading.spread_out | plain | curves/spreading
    curves.volatility.implied_volatilities | QuantLib; plain | curves_quantlib curves/volatility
    curves.zero.zero_rates | QuantLib ZeroCurve | curves_quantlib
    curves.zero.discount_factors | QuantLib ZeroCurve | curves_quantlib
    curves.zero.forward_rates | QuantLib ZeroCurve | curves_quantlib
    curves.zero.projected_rates | QuantLib ZeroCurve | curves_quantlib

    measurement.amortised_share.amortised_share | plain; basis_adjustment | measurement/amortised_share
    measurement.basis_adjustment.basis_adjustment_amortisation | plain | measurement/basis_adjustment
    measurement.cash_flow_hedge_reserve.cash_flow_hedge_reserve | plain | measurement/cash_flow_hedge_reserve
    measurement.checks.* | inner | cash_flow_hedge_reserve
    measurement.cost_of_hedging.cost_of_hedging | plain | measurement/cost_of_hedging
    measurement.cost_reserve.cost_reserve | plain | measurement/cost_reserve
    measurement.effective_rate.effective_rate | plain | measurement/effective_rate
    measurement.effective_rate.* | inner | effective_rate
    measurement.fair_value_hedge.fair_value_hedge | plain | measurement/fair_value_hedge
    measurement.hypothetical_derivative.hypothetical_forward | by hand, identities | measurement/hypothetical_derivative
    measurement.hypothetical_derivative.hypothetical_swap | by hand, identities | measurement/hypothetical_derivative
    measurement.hypothetical_derivative.struck_level | by hand, identities | measurement/hypothetical_derivative
    measurement.hypothetical_derivative.hypothetical_option | by hand, identities | measurement/hypothetical_derivative
    measurement.item_release.item_release | plain | measurement/life
    measurement.life.item_adjustment | plain | measurement/life
    measurement.life.life | plain | measurement/life
    measurement.life.recognised_in_equity | plain | measurement/life
    measurement.lower_of.* | inner | cash_flow_hedge_reserve
    measurement.net_investment.net_investment_reserve | by hand, identities | measurement/net_investment
    measurement.excluded_elements.remaining_forward_points | fractions | scalar_excluded_elements
    measurement.excluded_elements.remaining_currency_basis | fractions | scalar_excluded_elements
    measurement.excluded_elements.hypothetical_forward_element | fractions | scalar_excluded_elements
    measurement.excluded_elements.hypothetical_currency_basis | fractions | scalar_excluded_elements
    measurement.net_assets.counted_changes | fractions | scalar_excluded_elements
    measurement.net_investment.hypothetical_translation | by hand, identities | measurement/net_investment
    measurement.posting.rounded_minor_units | plain | measurement/posting
    measurement.posting.amounts_to_post | plain | measurement/posting
    measurement.posting.postings | plain | measurement/posting
    measurement.rate_brackets.* | inner | effective_rate
    measurement.rate_terms.* | inner | effective_rate
    measurement.rebalancing.cumulative_changes | by hand, identities | measurement/rebalancing
    measurement.rebalancing.relationship_changes | by hand, identities | measurement/rebalancing
    measurement.reserve_release.reserve_release | plain | measurement/reserve_release
    measurement.shares.plus_share | by hand, identities | measurement/shares

    strategy.layering.layering_ladder | walk of each month in fractions | strategy/layering
    strategy.layering.target_ratios | through the ladder; refusals | strategy/layering
    strategy.protection.effective_rates | plain, one scenario at a time | strategy/protection
    strategy.protection.break_even_with_forward | put back into the plain rates | strategy/protection
    strategy.protection.break_even_with_open_position | put back into the plain rates | strategy/protection
    strategy.scenarios.historical_rates | plain | strategy/scenarios
    strategy.scenarios.simulated_rates | plain moments | strategy/scenarios
"""
