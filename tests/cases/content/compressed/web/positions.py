"""The positions of the tariff. Each function returns the duty in cents on an amount of goods of a value."""


def duty_273449_live_sheep(value, amount):
    """Live sheep, by m3."""
    return value * 18 // 1000


def duty_833386_cut_flowers(value, amount):
    """Cut flowers, by item."""
    return value * 187 // 1000


def duty_470213_dried_peas(value, amount):
    """Dried peas, by pair."""
    return 357 * amount


def duty_359208_green_coffee(value, amount):
    """Green coffee, by item."""
    return value * 240 // 1000


def duty_939105_black_tea(value, amount):
    """Black tea, by item."""
    return 635 * amount


def duty_508444_vanilla(value, amount):
    """Vanilla, by kg."""
    if amount <= 110:
        return 0
    return max(4447, value * 250 // 1000)


def duty_398796_durum_wheat(value, amount):
    """Durum wheat, by m3."""
    part = value * 152 // 1000
    return min(part + 242 * amount, 8208)


def duty_661253_rice_flour(value, amount):
    """Rice flour, by m2."""
    part = value * 22 // 1000
    return min(part + 17 * amount, 31734)


def duty_901795_malt(value, amount):
    """Malt, by m2."""
    part = value * 289 // 1000
    return min(part + 639 * amount, 17199)


def duty_832666_soya_beans(value, amount):
    """Soya beans, by m2."""
    return value * 121 // 1000


def duty_796342_palm_oil(value, amount):
    """Palm oil, by l."""
    if amount <= 128:
        return 0
    return max(1883, value * 265 // 1000)


def duty_232246_cocoa_paste(value, amount):
    """Cocoa paste, by kg."""
    if amount <= 10:
        return 0
    return max(1564, value * 169 // 1000)


def duty_730928_roasted_nuts(value, amount):
    """Roasted nuts, by pair."""
    part = value * 29 // 1000
    return min(part + 106 * amount, 9441)


def duty_463585_orange_juice(value, amount):
    """Orange juice, by item."""
    return value * 109 // 1000


def duty_126008_white_wine(value, amount):
    """White wine, by l."""
    if amount <= 24:
        return 0
    return max(4496, value * 153 // 1000)


def duty_492085_cider(value, amount):
    """Cider, by m3."""
    if amount <= 37:
        return 0
    return max(2891, value * 260 // 1000)


def duty_579025_cigars(value, amount):
    """Cigars, by item."""
    return value * 173 // 1000


def duty_623159_salt(value, amount):
    """Salt, by m2."""
    return value * 179 // 1000


def duty_362800_quartz_sand(value, amount):
    """Quartz sand, by kg."""
    return 697 * amount


def duty_533095_marble(value, amount):
    """Marble, by l."""
    return value * 50 // 1000


def duty_813535_cement(value, amount):
    """Cement, by kg."""
    return value * 293 // 1000


def duty_178441_iron_ore(value, amount):
    """Iron ore, by item."""
    return 315 * amount


def duty_666215_coal_tar(value, amount):
    """Coal tar, by l."""
    if amount <= 88:
        return 0
    return max(725, value * 80 // 1000)


def duty_822234_petroleum(value, amount):
    """Petroleum, by kg."""
    return 2 * amount


def duty_849394_hydrogen(value, amount):
    """Hydrogen, by pair."""
    if amount <= 41:
        return 0
    return max(3142, value * 251 // 1000)


def duty_424626_nitric_acid(value, amount):
    """Nitric acid, by m3."""
    part = value * 233 // 1000
    return min(part + 384 * amount, 26262)


def duty_733402_sodium_sulphate(value, amount):
    """Sodium sulphate, by item."""
    part = value * 10 // 1000
    return min(part + 898 * amount, 32895)


def duty_046258_vitamin_c(value, amount):
    """Vitamin c, by kg."""
    if amount <= 108:
        return 0
    return max(4875, value * 111 // 1000)


def duty_856871_antibiotics(value, amount):
    """Antibiotics, by item."""
    return 516 * amount


def duty_732559_fertiliser(value, amount):
    """Fertiliser, by kg."""
    return value * 295 // 1000


def duty_962266_printing_ink(value, amount):
    """Printing ink, by pair."""
    part = value * 144 // 1000
    return min(part + 201 * amount, 35739)


def duty_121979_perfume(value, amount):
    """Perfume, by pair."""
    if amount <= 20:
        return 0
    return max(202, value * 197 // 1000)


def duty_478391_soap(value, amount):
    """Soap, by m3."""
    return value * 178 // 1000


def duty_499596_candles(value, amount):
    """Candles, by pair."""
    return 102 * amount


def duty_838585_glue(value, amount):
    """Glue, by kg."""
    if amount <= 126:
        return 0
    return max(2692, value * 181 // 1000)


def duty_391022_matches(value, amount):
    """Matches, by m3."""
    return value * 53 // 1000


def duty_879643_camera_film(value, amount):
    """Camera film, by m2."""
    return value * 293 // 1000


def duty_171534_plastic_tubes(value, amount):
    """Plastic tubes, by l."""
    return value * 123 // 1000


def duty_637055_tyres(value, amount):
    """Tyres, by pair."""
    return value * 21 // 1000


def duty_135539_leather_belts(value, amount):
    """Leather belts, by item."""
    return 301 * amount


def duty_626405_fur_coats(value, amount):
    """Fur coats, by m3."""
    return value * 18 // 1000


def duty_835764_plywood(value, amount):
    """Plywood, by l."""
    return value * 280 // 1000


def duty_338145_cork(value, amount):
    """Cork, by m2."""
    return value * 149 // 1000


def duty_659252_baskets(value, amount):
    """Baskets, by pair."""
    if amount <= 147:
        return 0
    return max(3014, value * 150 // 1000)


def duty_907954_paper_pulp(value, amount):
    """Paper pulp, by m3."""
    return 821 * amount


def duty_551126_envelopes(value, amount):
    """Envelopes, by m2."""
    part = value * 122 // 1000
    return min(part + 94 * amount, 1269)


def duty_953175_maps(value, amount):
    """Maps, by m2."""
    return 753 * amount


def duty_836926_silk_yarn(value, amount):
    """Silk yarn, by kg."""
    return value * 26 // 1000


def duty_792855_wool_carpets(value, amount):
    """Wool carpets, by l."""
    part = value * 62 // 1000
    return min(part + 225 * amount, 20466)


def duty_674125_cotton_shirts(value, amount):
    """Cotton shirts, by item."""
    if amount <= 25:
        return 0
    return max(4279, value * 210 // 1000)


def duty_631336_ropes(value, amount):
    """Ropes, by pair."""
    return value * 174 // 1000


def duty_925053_felt_hats(value, amount):
    """Felt hats, by kg."""
    return 528 * amount


def duty_457035_umbrellas(value, amount):
    """Umbrellas, by l."""
    return 39 * amount


def duty_326432_feathers(value, amount):
    """Feathers, by item."""
    if amount <= 50:
        return 0
    return max(4627, value * 130 // 1000)


def duty_932936_slates(value, amount):
    """Slates, by m3."""
    return value * 84 // 1000


def duty_136191_porcelain(value, amount):
    """Porcelain, by l."""
    return value * 270 // 1000


def duty_723459_mirrors(value, amount):
    """Mirrors, by pair."""
    return value * 275 // 1000


def duty_184764_silver_rings(value, amount):
    """Silver rings, by kg."""
    part = value * 103 // 1000
    return min(part + 222 * amount, 44208)


def duty_048847_steel_wire(value, amount):
    """Steel wire, by m3."""
    if amount <= 116:
        return 0
    return max(4382, value * 29 // 1000)


def duty_096940_copper_pipes(value, amount):
    """Copper pipes, by kg."""
    return 96 * amount


def duty_559145_aluminium_foil(value, amount):
    """Aluminium foil, by m3."""
    if amount <= 123:
        return 0
    return max(625, value * 288 // 1000)


def duty_921792_hand_saws(value, amount):
    """Hand saws, by l."""
    return value * 150 // 1000


def duty_314517_door_locks(value, amount):
    """Door locks, by kg."""
    part = value * 94 // 1000
    return min(part + 728 * amount, 39195)


def duty_263568_turbines(value, amount):
    """Turbines, by pair."""
    return value * 182 // 1000


def duty_407255_pumps(value, amount):
    """Pumps, by m3."""
    return 75 * amount


def duty_509430_ovens(value, amount):
    """Ovens, by item."""
    return value * 99 // 1000


def duty_492375_lifts(value, amount):
    """Lifts, by item."""
    if amount <= 18:
        return 0
    return max(2161, value * 104 // 1000)


def duty_681733_printers(value, amount):
    """Printers, by pair."""
    return value * 226 // 1000


def duty_968080_lathes(value, amount):
    """Lathes, by item."""
    return 603 * amount


def duty_871943_electric_motors(value, amount):
    """Electric motors, by kg."""
    part = value * 168 // 1000
    return min(part + 247 * amount, 29232)


def duty_153377_radios(value, amount):
    """Radios, by m3."""
    return 386 * amount


def duty_183958_rails(value, amount):
    """Rails, by l."""
    return 363 * amount


def duty_689334_lorries(value, amount):
    """Lorries, by kg."""
    part = value * 196 // 1000
    return min(part + 669 * amount, 1026)


def duty_565298_bicycles(value, amount):
    """Bicycles, by item."""
    part = value * 107 // 1000
    return min(part + 326 * amount, 33966)


def duty_891227_canoes(value, amount):
    """Canoes, by m3."""
    return 411 * amount


def duty_021872_spectacles(value, amount):
    """Spectacles, by item."""
    part = value * 56 // 1000
    return min(part + 384 * amount, 1764)


def duty_026320_thermometers(value, amount):
    """Thermometers, by kg."""
    return value * 130 // 1000


def duty_740806_clocks(value, amount):
    """Clocks, by kg."""
    if amount <= 103:
        return 0
    return max(3710, value * 215 // 1000)


def duty_721395_pianos(value, amount):
    """Pianos, by item."""
    return 846 * amount


def duty_370997_desks(value, amount):
    """Desks, by l."""
    return value * 95 // 1000


def duty_662973_lamps(value, amount):
    """Lamps, by l."""
    return 191 * amount


def duty_198957_dolls(value, amount):
    """Dolls, by m2."""
    return value * 74 // 1000


def duty_170655_skis(value, amount):
    """Skis, by m2."""
    return value * 233 // 1000


def duty_105295_pencils(value, amount):
    """Pencils, by m3."""
    return value * 18 // 1000


def duty_375160_paintings(value, amount):
    """Paintings, by m3."""
    return value * 244 // 1000


def duty_018281_live_sheep(value, amount):
    """Live sheep, by m2."""
    return value * 63 // 1000


def duty_824459_cut_flowers(value, amount):
    """Cut flowers, by m3."""
    part = value * 194 // 1000
    return min(part + 131 * amount, 31869)


def duty_407670_dried_peas(value, amount):
    """Dried peas, by m3."""
    return 655 * amount


def duty_845491_green_coffee(value, amount):
    """Green coffee, by kg."""
    if amount <= 134:
        return 0
    return max(982, value * 120 // 1000)


def duty_367927_black_tea(value, amount):
    """Black tea, by pair."""
    part = value * 282 // 1000
    return min(part + 96 * amount, 32373)


def duty_225475_vanilla(value, amount):
    """Vanilla, by m2."""
    part = value * 62 // 1000
    return min(part + 869 * amount, 5661)


def duty_234540_durum_wheat(value, amount):
    """Durum wheat, by pair."""
    return 416 * amount


def duty_936875_rice_flour(value, amount):
    """Rice flour, by kg."""
    return value * 119 // 1000


def duty_708047_malt(value, amount):
    """Malt, by kg."""
    if amount <= 25:
        return 0
    return max(4317, value * 50 // 1000)


def duty_743953_soya_beans(value, amount):
    """Soya beans, by l."""
    return 250 * amount


def duty_620646_palm_oil(value, amount):
    """Palm oil, by item."""
    return 832 * amount


def duty_106072_cocoa_paste(value, amount):
    """Cocoa paste, by l."""
    part = value * 217 // 1000
    return min(part + 684 * amount, 1152)


def duty_665617_roasted_nuts(value, amount):
    """Roasted nuts, by pair."""
    return 283 * amount


def duty_969585_orange_juice(value, amount):
    """Orange juice, by pair."""
    if amount <= 29:
        return 0
    return max(854, value * 98 // 1000)


def duty_312719_white_wine(value, amount):
    """White wine, by m2."""
    return value * 195 // 1000


def duty_128262_cider(value, amount):
    """Cider, by kg."""
    return 854 * amount


def duty_258753_cigars(value, amount):
    """Cigars, by l."""
    return 159 * amount


def duty_452221_salt(value, amount):
    """Salt, by kg."""
    return value * 129 // 1000


def duty_595425_quartz_sand(value, amount):
    """Quartz sand, by kg."""
    part = value * 6 // 1000
    return min(part + 653 * amount, 5130)


def duty_802193_marble(value, amount):
    """Marble, by pair."""
    return 198 * amount


def duty_274765_cement(value, amount):
    """Cement, by pair."""
    return value * 258 // 1000


def duty_505060_iron_ore(value, amount):
    """Iron ore, by l."""
    return value * 59 // 1000


def duty_092258_coal_tar(value, amount):
    """Coal tar, by l."""
    return 378 * amount


def duty_561789_petroleum(value, amount):
    """Petroleum, by l."""
    return value * 166 // 1000


def duty_035879_hydrogen(value, amount):
    """Hydrogen, by kg."""
    if amount <= 46:
        return 0
    return max(4230, value * 227 // 1000)


def duty_534666_nitric_acid(value, amount):
    """Nitric acid, by kg."""
    if amount <= 84:
        return 0
    return max(4350, value * 96 // 1000)


def duty_471967_sodium_sulphate(value, amount):
    """Sodium sulphate, by m2."""
    return value * 191 // 1000


def duty_594221_vitamin_c(value, amount):
    """Vitamin c, by m2."""
    part = value * 191 // 1000
    return min(part + 92 * amount, 8982)


def duty_620702_antibiotics(value, amount):
    """Antibiotics, by m3."""
    return 81 * amount


def duty_778475_fertiliser(value, amount):
    """Fertiliser, by item."""
    return 93 * amount


def duty_927484_printing_ink(value, amount):
    """Printing ink, by l."""
    if amount <= 51:
        return 0
    return max(409, value * 278 // 1000)


def duty_670478_perfume(value, amount):
    """Perfume, by m3."""
    return 184 * amount


def duty_051609_soap(value, amount):
    """Soap, by kg."""
    part = value * 257 // 1000
    return min(part + 174 * amount, 12168)


def duty_862160_candles(value, amount):
    """Candles, by item."""
    part = value * 254 // 1000
    return min(part + 130 * amount, 32067)


def duty_483400_glue(value, amount):
    """Glue, by l."""
    part = value * 238 // 1000
    return min(part + 528 * amount, 14760)


def duty_617034_matches(value, amount):
    """Matches, by m3."""
    return value * 185 // 1000


def duty_670404_camera_film(value, amount):
    """Camera film, by m3."""
    if amount <= 124:
        return 0
    return max(3516, value * 291 // 1000)


def duty_303611_plastic_tubes(value, amount):
    """Plastic tubes, by kg."""
    return 549 * amount


def duty_906369_tyres(value, amount):
    """Tyres, by l."""
    if amount <= 122:
        return 0
    return max(1311, value * 184 // 1000)


def duty_465546_leather_belts(value, amount):
    """Leather belts, by m3."""
    return value * 141 // 1000


def duty_801115_fur_coats(value, amount):
    """Fur coats, by m3."""
    return 465 * amount


def duty_493645_plywood(value, amount):
    """Plywood, by m3."""
    return 53 * amount


def duty_302330_cork(value, amount):
    """Cork, by item."""
    part = value * 224 // 1000
    return min(part + 231 * amount, 5499)


def duty_478838_baskets(value, amount):
    """Baskets, by kg."""
    return value * 292 // 1000


def duty_912602_paper_pulp(value, amount):
    """Paper pulp, by m3."""
    part = value * 14 // 1000
    return min(part + 636 * amount, 8055)


def duty_807756_envelopes(value, amount):
    """Envelopes, by kg."""
    if amount <= 32:
        return 0
    return max(249, value * 228 // 1000)


def duty_290464_maps(value, amount):
    """Maps, by pair."""
    return value * 256 // 1000


def duty_940339_silk_yarn(value, amount):
    """Silk yarn, by kg."""
    part = value * 276 // 1000
    return min(part + 855 * amount, 32454)


def duty_471176_wool_carpets(value, amount):
    """Wool carpets, by kg."""
    return value * 133 // 1000


def duty_646729_cotton_shirts(value, amount):
    """Cotton shirts, by pair."""
    return 423 * amount


def duty_857969_ropes(value, amount):
    """Ropes, by m2."""
    if amount <= 76:
        return 0
    return max(2236, value * 227 // 1000)


def duty_794638_felt_hats(value, amount):
    """Felt hats, by kg."""
    return 60 * amount


def duty_501964_umbrellas(value, amount):
    """Umbrellas, by m2."""
    if amount <= 25:
        return 0
    return max(139, value * 234 // 1000)


def duty_532311_feathers(value, amount):
    """Feathers, by m3."""
    return 138 * amount


def duty_481213_slates(value, amount):
    """Slates, by pair."""
    return 616 * amount


def duty_173507_porcelain(value, amount):
    """Porcelain, by m2."""
    return 348 * amount


def duty_419674_mirrors(value, amount):
    """Mirrors, by l."""
    if amount <= 19:
        return 0
    return max(4653, value * 192 // 1000)


def duty_294443_silver_rings(value, amount):
    """Silver rings, by item."""
    part = value * 109 // 1000
    return min(part + 800 * amount, 37917)


def duty_951933_steel_wire(value, amount):
    """Steel wire, by m3."""
    return 38 * amount


def duty_494242_copper_pipes(value, amount):
    """Copper pipes, by l."""
    part = value * 263 // 1000
    return min(part + 475 * amount, 20457)


def duty_254161_aluminium_foil(value, amount):
    """Aluminium foil, by m3."""
    return 4 * amount


def duty_464274_hand_saws(value, amount):
    """Hand saws, by m3."""
    part = value * 15 // 1000
    return min(part + 528 * amount, 11151)


def duty_657022_door_locks(value, amount):
    """Door locks, by m3."""
    part = value * 182 // 1000
    return min(part + 178 * amount, 9189)


def duty_306295_turbines(value, amount):
    """Turbines, by m3."""
    return 180 * amount


def duty_592713_pumps(value, amount):
    """Pumps, by pair."""
    if amount <= 141:
        return 0
    return max(4500, value * 190 // 1000)


def duty_314777_ovens(value, amount):
    """Ovens, by item."""
    return value * 202 // 1000


def duty_532703_lifts(value, amount):
    """Lifts, by m2."""
    return 420 * amount


def duty_345893_printers(value, amount):
    """Printers, by l."""
    return 603 * amount


def duty_768201_lathes(value, amount):
    """Lathes, by l."""
    return value * 245 // 1000


def duty_046202_electric_motors(value, amount):
    """Electric motors, by kg."""
    return 133 * amount


def duty_251947_radios(value, amount):
    """Radios, by item."""
    return 419 * amount


def duty_356923_rails(value, amount):
    """Rails, by m2."""
    return 815 * amount


def duty_763505_lorries(value, amount):
    """Lorries, by m3."""
    return 521 * amount


def duty_891697_bicycles(value, amount):
    """Bicycles, by m2."""
    if amount <= 13:
        return 0
    return max(3704, value * 150 // 1000)


def duty_472597_canoes(value, amount):
    """Canoes, by l."""
    return 71 * amount


def duty_145540_spectacles(value, amount):
    """Spectacles, by l."""
    if amount <= 75:
        return 0
    return max(1361, value * 199 // 1000)


def duty_286643_thermometers(value, amount):
    """Thermometers, by item."""
    return value * 289 // 1000


def duty_178282_clocks(value, amount):
    """Clocks, by l."""
    return 715 * amount


def duty_675831_pianos(value, amount):
    """Pianos, by item."""
    return 490 * amount


def duty_893460_desks(value, amount):
    """Desks, by kg."""
    return value * 63 // 1000


def duty_711583_lamps(value, amount):
    """Lamps, by pair."""
    return value * 169 // 1000


def duty_909155_dolls(value, amount):
    """Dolls, by item."""
    if amount <= 43:
        return 0
    return max(1988, value * 70 // 1000)


def duty_310970_skis(value, amount):
    """Skis, by pair."""
    part = value * 283 // 1000
    return min(part + 203 * amount, 22149)


def duty_847635_pencils(value, amount):
    """Pencils, by l."""
    return 452 * amount


def duty_846463_paintings(value, amount):
    """Paintings, by item."""
    part = value * 9 // 1000
    return min(part + 294 * amount, 35172)


def duty_478773_live_sheep(value, amount):
    """Live sheep, by kg."""
    return value * 203 // 1000


def duty_143475_cut_flowers(value, amount):
    """Cut flowers, by item."""
    return 263 * amount


def duty_584755_dried_peas(value, amount):
    """Dried peas, by pair."""
    return value * 287 // 1000


def duty_572031_green_coffee(value, amount):
    """Green coffee, by pair."""
    return value * 32 // 1000


def duty_748053_black_tea(value, amount):
    """Black tea, by kg."""
    return 71 * amount


def duty_833975_vanilla(value, amount):
    """Vanilla, by m2."""
    if amount <= 61:
        return 0
    return max(3290, value * 103 // 1000)


def duty_796598_durum_wheat(value, amount):
    """Durum wheat, by item."""
    return value * 39 // 1000


def duty_028750_rice_flour(value, amount):
    """Rice flour, by kg."""
    part = value * 114 // 1000
    return min(part + 367 * amount, 26055)


def duty_736401_malt(value, amount):
    """Malt, by kg."""
    part = value * 153 // 1000
    return min(part + 552 * amount, 21087)


def duty_482906_soya_beans(value, amount):
    """Soya beans, by m2."""
    if amount <= 96:
        return 0
    return max(364, value * 107 // 1000)


def duty_785831_palm_oil(value, amount):
    """Palm oil, by kg."""
    part = value * 298 // 1000
    return min(part + 16 * amount, 20799)


def duty_749705_cocoa_paste(value, amount):
    """Cocoa paste, by m3."""
    return 246 * amount


def duty_399139_roasted_nuts(value, amount):
    """Roasted nuts, by m3."""
    if amount <= 67:
        return 0
    return max(4841, value * 243 // 1000)


def duty_948144_orange_juice(value, amount):
    """Orange juice, by item."""
    return 795 * amount


def duty_012164_white_wine(value, amount):
    """White wine, by kg."""
    if amount <= 127:
        return 0
    return max(4907, value * 132 // 1000)


def duty_901046_cider(value, amount):
    """Cider, by m2."""
    if amount <= 76:
        return 0
    return max(2781, value * 8 // 1000)


def duty_211969_cigars(value, amount):
    """Cigars, by pair."""
    return 537 * amount


def duty_375128_salt(value, amount):
    """Salt, by kg."""
    part = value * 15 // 1000
    return min(part + 502 * amount, 32553)


def duty_296626_quartz_sand(value, amount):
    """Quartz sand, by item."""
    return value * 268 // 1000


def duty_772661_marble(value, amount):
    """Marble, by kg."""
    if amount <= 7:
        return 0
    return max(4762, value * 57 // 1000)


def duty_416630_cement(value, amount):
    """Cement, by pair."""
    if amount <= 64:
        return 0
    return max(477, value * 34 // 1000)


def duty_025610_iron_ore(value, amount):
    """Iron ore, by m3."""
    return value * 54 // 1000


def duty_456234_coal_tar(value, amount):
    """Coal tar, by kg."""
    return 859 * amount


def duty_820855_petroleum(value, amount):
    """Petroleum, by pair."""
    return value * 273 // 1000


def duty_952302_hydrogen(value, amount):
    """Hydrogen, by item."""
    if amount <= 29:
        return 0
    return max(2757, value * 159 // 1000)


def duty_858157_nitric_acid(value, amount):
    """Nitric acid, by m2."""
    return value * 233 // 1000


def duty_017161_sodium_sulphate(value, amount):
    """Sodium sulphate, by l."""
    part = value * 119 // 1000
    return min(part + 562 * amount, 44802)


def duty_664143_vitamin_c(value, amount):
    """Vitamin c, by m2."""
    return value * 160 // 1000


def duty_626715_antibiotics(value, amount):
    """Antibiotics, by pair."""
    return 399 * amount


def duty_418995_fertiliser(value, amount):
    """Fertiliser, by pair."""
    return value * 211 // 1000


def duty_862646_printing_ink(value, amount):
    """Printing ink, by pair."""
    return 634 * amount


def duty_644896_perfume(value, amount):
    """Perfume, by m3."""
    part = value * 128 // 1000
    return min(part + 358 * amount, 17712)


def duty_130219_soap(value, amount):
    """Soap, by m3."""
    part = value * 173 // 1000
    return min(part + 210 * amount, 37422)


def duty_844440_candles(value, amount):
    """Candles, by l."""
    if amount <= 1:
        return 0
    return max(4645, value * 137 // 1000)


def duty_541032_glue(value, amount):
    """Glue, by kg."""
    return value * 97 // 1000


def duty_277004_matches(value, amount):
    """Matches, by pair."""
    return value * 171 // 1000


def duty_348736_camera_film(value, amount):
    """Camera film, by m3."""
    if amount <= 25:
        return 0
    return max(1533, value * 183 // 1000)


def duty_837630_plastic_tubes(value, amount):
    """Plastic tubes, by pair."""
    return 714 * amount


def duty_476190_tyres(value, amount):
    """Tyres, by kg."""
    if amount <= 68:
        return 0
    return max(3261, value * 278 // 1000)


def duty_919284_leather_belts(value, amount):
    """Leather belts, by m2."""
    return 96 * amount


def duty_332333_fur_coats(value, amount):
    """Fur coats, by l."""
    if amount <= 34:
        return 0
    return max(2067, value * 226 // 1000)


def duty_133027_plywood(value, amount):
    """Plywood, by l."""
    part = value * 258 // 1000
    return min(part + 265 * amount, 28413)


def duty_578508_cork(value, amount):
    """Cork, by pair."""
    part = value * 36 // 1000
    return min(part + 869 * amount, 33246)


def duty_681966_baskets(value, amount):
    """Baskets, by item."""
    part = value * 199 // 1000
    return min(part + 534 * amount, 5652)


def duty_067867_paper_pulp(value, amount):
    """Paper pulp, by kg."""
    if amount <= 72:
        return 0
    return max(2392, value * 285 // 1000)


def duty_407373_envelopes(value, amount):
    """Envelopes, by m2."""
    if amount <= 48:
        return 0
    return max(1449, value * 124 // 1000)


def duty_061515_maps(value, amount):
    """Maps, by pair."""
    return 550 * amount


def duty_691972_silk_yarn(value, amount):
    """Silk yarn, by item."""
    if amount <= 25:
        return 0
    return max(630, value * 43 // 1000)


def duty_690416_wool_carpets(value, amount):
    """Wool carpets, by item."""
    part = value * 23 // 1000
    return min(part + 813 * amount, 12186)


def duty_115602_cotton_shirts(value, amount):
    """Cotton shirts, by pair."""
    return value * 57 // 1000


def duty_903988_ropes(value, amount):
    """Ropes, by pair."""
    return value * 18 // 1000


def duty_140234_felt_hats(value, amount):
    """Felt hats, by l."""
    part = value * 178 // 1000
    return min(part + 291 * amount, 7893)


def duty_901218_umbrellas(value, amount):
    """Umbrellas, by item."""
    return 303 * amount


def duty_667314_feathers(value, amount):
    """Feathers, by item."""
    part = value * 89 // 1000
    return min(part + 20 * amount, 7335)


def duty_084856_slates(value, amount):
    """Slates, by m2."""
    if amount <= 45:
        return 0
    return max(1817, value * 58 // 1000)


def duty_535429_porcelain(value, amount):
    """Porcelain, by m2."""
    return value * 36 // 1000


def duty_426430_mirrors(value, amount):
    """Mirrors, by m2."""
    return 884 * amount


def duty_315295_silver_rings(value, amount):
    """Silver rings, by m3."""
    return value * 207 // 1000


def duty_685570_steel_wire(value, amount):
    """Steel wire, by l."""
    return 724 * amount


def duty_517620_copper_pipes(value, amount):
    """Copper pipes, by m2."""
    part = value * 252 // 1000
    return min(part + 62 * amount, 1566)


def duty_971557_aluminium_foil(value, amount):
    """Aluminium foil, by item."""
    return value * 48 // 1000


def duty_737106_hand_saws(value, amount):
    """Hand saws, by l."""
    if amount <= 69:
        return 0
    return max(1689, value * 66 // 1000)


def duty_130116_door_locks(value, amount):
    """Door locks, by kg."""
    return value * 122 // 1000


def duty_270197_turbines(value, amount):
    """Turbines, by l."""
    return value * 217 // 1000


def duty_440874_pumps(value, amount):
    """Pumps, by l."""
    return value * 44 // 1000


def duty_110740_ovens(value, amount):
    """Ovens, by m3."""
    part = value * 8 // 1000
    return min(part + 62 * amount, 7560)


def duty_130211_lifts(value, amount):
    """Lifts, by item."""
    part = value * 102 // 1000
    return min(part + 867 * amount, 8001)


def duty_924933_printers(value, amount):
    """Printers, by item."""
    return value * 47 // 1000


def duty_661891_lathes(value, amount):
    """Lathes, by m2."""
    return 808 * amount


def duty_413443_electric_motors(value, amount):
    """Electric motors, by pair."""
    return value * 211 // 1000


def duty_888639_radios(value, amount):
    """Radios, by item."""
    if amount <= 22:
        return 0
    return max(2402, value * 137 // 1000)


def duty_580185_rails(value, amount):
    """Rails, by item."""
    if amount <= 17:
        return 0
    return max(1065, value * 236 // 1000)


def duty_023469_lorries(value, amount):
    """Lorries, by l."""
    return 85 * amount


def duty_225535_bicycles(value, amount):
    """Bicycles, by pair."""
    return 251 * amount


def duty_270255_canoes(value, amount):
    """Canoes, by item."""
    if amount <= 9:
        return 0
    return max(2362, value * 274 // 1000)


def duty_478917_spectacles(value, amount):
    """Spectacles, by kg."""
    if amount <= 32:
        return 0
    return max(2167, value * 192 // 1000)


def duty_465936_thermometers(value, amount):
    """Thermometers, by pair."""
    if amount <= 119:
        return 0
    return max(4408, value * 161 // 1000)


def duty_658797_clocks(value, amount):
    """Clocks, by l."""
    return value * 247 // 1000


def duty_942371_pianos(value, amount):
    """Pianos, by item."""
    return value * 101 // 1000


def duty_494331_desks(value, amount):
    """Desks, by pair."""
    return 610 * amount


def duty_578436_lamps(value, amount):
    """Lamps, by item."""
    if amount <= 97:
        return 0
    return max(3841, value * 76 // 1000)


def duty_447732_dolls(value, amount):
    """Dolls, by m2."""
    return 600 * amount


def duty_035963_skis(value, amount):
    """Skis, by item."""
    part = value * 229 // 1000
    return min(part + 883 * amount, 2754)


def duty_431974_pencils(value, amount):
    """Pencils, by m2."""
    return value * 89 // 1000


def duty_629545_paintings(value, amount):
    """Paintings, by item."""
    if amount <= 61:
        return 0
    return max(4894, value * 109 // 1000)


def duty_780959_live_sheep(value, amount):
    """Live sheep, by m3."""
    part = value * 58 // 1000
    return min(part + 2 * amount, 16038)


def duty_131521_cut_flowers(value, amount):
    """Cut flowers, by m3."""
    part = value * 201 // 1000
    return min(part + 511 * amount, 21834)


def duty_600895_dried_peas(value, amount):
    """Dried peas, by m2."""
    part = value * 33 // 1000
    return min(part + 57 * amount, 36648)


def duty_667160_green_coffee(value, amount):
    """Green coffee, by item."""
    return value * 278 // 1000


def duty_917986_black_tea(value, amount):
    """Black tea, by m3."""
    return 541 * amount


def duty_010935_vanilla(value, amount):
    """Vanilla, by m2."""
    part = value * 91 // 1000
    return min(part + 366 * amount, 4005)


def duty_073922_durum_wheat(value, amount):
    """Durum wheat, by m2."""
    return value * 153 // 1000


def duty_278547_rice_flour(value, amount):
    """Rice flour, by kg."""
    part = value * 57 // 1000
    return min(part + 837 * amount, 28368)


def duty_463599_malt(value, amount):
    """Malt, by kg."""
    return value * 203 // 1000


def duty_697002_soya_beans(value, amount):
    """Soya beans, by m2."""
    if amount <= 147:
        return 0
    return max(1909, value * 142 // 1000)


def duty_350289_palm_oil(value, amount):
    """Palm oil, by kg."""
    part = value * 250 // 1000
    return min(part + 336 * amount, 33156)


def duty_095536_cocoa_paste(value, amount):
    """Cocoa paste, by pair."""
    return 526 * amount


def duty_305933_roasted_nuts(value, amount):
    """Roasted nuts, by pair."""
    part = value * 280 // 1000
    return min(part + 834 * amount, 33264)


def duty_936965_orange_juice(value, amount):
    """Orange juice, by kg."""
    return 699 * amount


def duty_612156_white_wine(value, amount):
    """White wine, by m2."""
    return value * 190 // 1000


def duty_456481_cider(value, amount):
    """Cider, by kg."""
    part = value * 242 // 1000
    return min(part + 623 * amount, 34335)


def duty_115955_cigars(value, amount):
    """Cigars, by kg."""
    return value * 57 // 1000


def duty_282553_salt(value, amount):
    """Salt, by m3."""
    return 232 * amount


def duty_028052_quartz_sand(value, amount):
    """Quartz sand, by l."""
    if amount <= 20:
        return 0
    return max(3324, value * 54 // 1000)


def duty_802572_marble(value, amount):
    """Marble, by l."""
    if amount <= 63:
        return 0
    return max(3782, value * 164 // 1000)


def duty_402276_cement(value, amount):
    """Cement, by m3."""
    return 414 * amount


def duty_017785_iron_ore(value, amount):
    """Iron ore, by m2."""
    if amount <= 14:
        return 0
    return max(1858, value * 55 // 1000)


def duty_925285_coal_tar(value, amount):
    """Coal tar, by l."""
    return value * 209 // 1000


def duty_904709_petroleum(value, amount):
    """Petroleum, by pair."""
    return 476 * amount


def duty_438444_hydrogen(value, amount):
    """Hydrogen, by m3."""
    return value * 114 // 1000


def duty_036180_nitric_acid(value, amount):
    """Nitric acid, by l."""
    return value * 276 // 1000


def duty_838477_sodium_sulphate(value, amount):
    """Sodium sulphate, by m3."""
    return 621 * amount


def duty_417875_vitamin_c(value, amount):
    """Vitamin c, by item."""
    return 885 * amount


def duty_848907_antibiotics(value, amount):
    """Antibiotics, by pair."""
    return value * 214 // 1000


def duty_068327_fertiliser(value, amount):
    """Fertiliser, by m2."""
    if amount <= 0:
        return 0
    return max(3422, value * 191 // 1000)


def duty_283390_printing_ink(value, amount):
    """Printing ink, by item."""
    part = value * 69 // 1000
    return min(part + 871 * amount, 20871)


def duty_625916_perfume(value, amount):
    """Perfume, by kg."""
    return value * 75 // 1000


def duty_270257_soap(value, amount):
    """Soap, by m2."""
    return 358 * amount


def duty_190548_candles(value, amount):
    """Candles, by m2."""
    if amount <= 70:
        return 0
    return max(1940, value * 194 // 1000)


def duty_969232_glue(value, amount):
    """Glue, by m2."""
    if amount <= 76:
        return 0
    return max(847, value * 93 // 1000)


def duty_655889_matches(value, amount):
    """Matches, by m3."""
    part = value * 87 // 1000
    return min(part + 732 * amount, 19800)


def duty_918470_camera_film(value, amount):
    """Camera film, by pair."""
    if amount <= 109:
        return 0
    return max(549, value * 28 // 1000)


def duty_838289_plastic_tubes(value, amount):
    """Plastic tubes, by kg."""
    if amount <= 59:
        return 0
    return max(1343, value * 36 // 1000)


def duty_800893_tyres(value, amount):
    """Tyres, by m3."""
    part = value * 229 // 1000
    return min(part + 790 * amount, 39807)


def duty_162246_leather_belts(value, amount):
    """Leather belts, by kg."""
    if amount <= 113:
        return 0
    return max(1479, value * 105 // 1000)


def duty_766080_fur_coats(value, amount):
    """Fur coats, by kg."""
    part = value * 204 // 1000
    return min(part + 393 * amount, 4392)


def duty_928649_plywood(value, amount):
    """Plywood, by kg."""
    return 716 * amount


def duty_084501_cork(value, amount):
    """Cork, by pair."""
    if amount <= 35:
        return 0
    return max(487, value * 60 // 1000)


def duty_305893_baskets(value, amount):
    """Baskets, by pair."""
    part = value * 39 // 1000
    return min(part + 483 * amount, 32013)


def duty_254606_paper_pulp(value, amount):
    """Paper pulp, by m3."""
    return 28 * amount


def duty_744414_envelopes(value, amount):
    """Envelopes, by pair."""
    if amount <= 129:
        return 0
    return max(1912, value * 175 // 1000)


def duty_473951_maps(value, amount):
    """Maps, by m2."""
    part = value * 71 // 1000
    return min(part + 303 * amount, 9639)


def duty_511334_silk_yarn(value, amount):
    """Silk yarn, by m3."""
    return 720 * amount


def duty_521421_wool_carpets(value, amount):
    """Wool carpets, by kg."""
    part = value * 120 // 1000
    return min(part + 760 * amount, 42768)


def duty_456121_cotton_shirts(value, amount):
    """Cotton shirts, by m3."""
    return value * 162 // 1000


def duty_230741_ropes(value, amount):
    """Ropes, by item."""
    return 38 * amount


def duty_666590_felt_hats(value, amount):
    """Felt hats, by l."""
    return value * 78 // 1000


def duty_504496_umbrellas(value, amount):
    """Umbrellas, by m3."""
    return value * 250 // 1000


def duty_012875_feathers(value, amount):
    """Feathers, by l."""
    if amount <= 105:
        return 0
    return max(4738, value * 187 // 1000)


def duty_577444_slates(value, amount):
    """Slates, by m3."""
    part = value * 35 // 1000
    return min(part + 394 * amount, 37728)


def duty_659566_porcelain(value, amount):
    """Porcelain, by pair."""
    return value * 85 // 1000


def duty_666173_mirrors(value, amount):
    """Mirrors, by m2."""
    return 498 * amount


def duty_650517_silver_rings(value, amount):
    """Silver rings, by m3."""
    if amount <= 112:
        return 0
    return max(126, value * 238 // 1000)


def duty_162654_steel_wire(value, amount):
    """Steel wire, by l."""
    return value * 79 // 1000


def duty_420138_copper_pipes(value, amount):
    """Copper pipes, by kg."""
    return value * 220 // 1000


def duty_067804_aluminium_foil(value, amount):
    """Aluminium foil, by kg."""
    if amount <= 109:
        return 0
    return max(2990, value * 138 // 1000)


def duty_364379_hand_saws(value, amount):
    """Hand saws, by m3."""
    return value * 82 // 1000


def duty_300440_door_locks(value, amount):
    """Door locks, by m3."""
    return value * 173 // 1000


def duty_379544_turbines(value, amount):
    """Turbines, by m2."""
    part = value * 267 // 1000
    return min(part + 78 * amount, 2907)


def duty_868437_pumps(value, amount):
    """Pumps, by l."""
    return 314 * amount


def duty_363469_ovens(value, amount):
    """Ovens, by m3."""
    return 169 * amount


def duty_436522_lifts(value, amount):
    """Lifts, by item."""
    if amount <= 67:
        return 0
    return max(1731, value * 17 // 1000)


def duty_955235_printers(value, amount):
    """Printers, by m2."""
    if amount <= 21:
        return 0
    return max(453, value * 255 // 1000)


def duty_631951_lathes(value, amount):
    """Lathes, by pair."""
    if amount <= 31:
        return 0
    return max(1792, value * 241 // 1000)


def duty_209440_electric_motors(value, amount):
    """Electric motors, by item."""
    return 317 * amount


def duty_595366_radios(value, amount):
    """Radios, by m3."""
    return value * 70 // 1000


def duty_412995_rails(value, amount):
    """Rails, by item."""
    return value * 248 // 1000


def duty_474421_lorries(value, amount):
    """Lorries, by item."""
    part = value * 195 // 1000
    return min(part + 462 * amount, 5211)


def duty_859424_bicycles(value, amount):
    """Bicycles, by kg."""
    part = value * 42 // 1000
    return min(part + 781 * amount, 10872)


def duty_619249_canoes(value, amount):
    """Canoes, by l."""
    part = value * 299 // 1000
    return min(part + 793 * amount, 43353)


def duty_676305_spectacles(value, amount):
    """Spectacles, by l."""
    if amount <= 128:
        return 0
    return max(4090, value * 105 // 1000)


def duty_460544_thermometers(value, amount):
    """Thermometers, by m2."""
    return 870 * amount


def duty_483969_clocks(value, amount):
    """Clocks, by pair."""
    return value * 53 // 1000


def duty_022634_pianos(value, amount):
    """Pianos, by kg."""
    part = value * 116 // 1000
    return min(part + 883 * amount, 18774)


def duty_192096_desks(value, amount):
    """Desks, by m2."""
    return 862 * amount


def duty_578611_lamps(value, amount):
    """Lamps, by m3."""
    return value * 228 // 1000


def duty_630980_dolls(value, amount):
    """Dolls, by m2."""
    part = value * 168 // 1000
    return min(part + 222 * amount, 25173)


def duty_851635_skis(value, amount):
    """Skis, by l."""
    return 292 * amount


def duty_433540_pencils(value, amount):
    """Pencils, by l."""
    return value * 217 // 1000


def duty_381137_paintings(value, amount):
    """Paintings, by m3."""
    return 564 * amount


def duty_882240_live_sheep(value, amount):
    """Live sheep, by pair."""
    return value * 104 // 1000


def duty_285767_cut_flowers(value, amount):
    """Cut flowers, by l."""
    part = value * 94 // 1000
    return min(part + 99 * amount, 10062)


def duty_775614_dried_peas(value, amount):
    """Dried peas, by m2."""
    return value * 39 // 1000


def duty_666971_green_coffee(value, amount):
    """Green coffee, by kg."""
    return 569 * amount


def duty_374728_black_tea(value, amount):
    """Black tea, by item."""
    if amount <= 33:
        return 0
    return max(1230, value * 187 // 1000)


def duty_455510_vanilla(value, amount):
    """Vanilla, by m3."""
    part = value * 46 // 1000
    return min(part + 884 * amount, 24183)


def duty_423066_durum_wheat(value, amount):
    """Durum wheat, by kg."""
    return value * 233 // 1000


def duty_639074_rice_flour(value, amount):
    """Rice flour, by m2."""
    return value * 203 // 1000


def duty_746224_malt(value, amount):
    """Malt, by kg."""
    if amount <= 133:
        return 0
    return max(975, value * 186 // 1000)


def duty_435110_soya_beans(value, amount):
    """Soya beans, by m3."""
    return value * 195 // 1000


def duty_629566_palm_oil(value, amount):
    """Palm oil, by kg."""
    if amount <= 104:
        return 0
    return max(978, value * 76 // 1000)


def duty_483327_cocoa_paste(value, amount):
    """Cocoa paste, by pair."""
    return 160 * amount


def duty_937671_roasted_nuts(value, amount):
    """Roasted nuts, by l."""
    if amount <= 95:
        return 0
    return max(1275, value * 250 // 1000)


def duty_724176_orange_juice(value, amount):
    """Orange juice, by pair."""
    return 610 * amount


def duty_885201_white_wine(value, amount):
    """White wine, by l."""
    return value * 66 // 1000


def duty_867087_cider(value, amount):
    """Cider, by m2."""
    return value * 296 // 1000


def duty_168324_cigars(value, amount):
    """Cigars, by m3."""
    return 481 * amount


def duty_583784_salt(value, amount):
    """Salt, by item."""
    part = value * 135 // 1000
    return min(part + 543 * amount, 3699)


def duty_333337_quartz_sand(value, amount):
    """Quartz sand, by l."""
    return value * 148 // 1000


def duty_913024_marble(value, amount):
    """Marble, by m2."""
    return 845 * amount


def duty_422057_cement(value, amount):
    """Cement, by l."""
    if amount <= 147:
        return 0
    return max(1053, value * 254 // 1000)


def duty_406694_iron_ore(value, amount):
    """Iron ore, by pair."""
    if amount <= 41:
        return 0
    return max(1939, value * 73 // 1000)


def duty_381239_coal_tar(value, amount):
    """Coal tar, by kg."""
    return 328 * amount


def duty_576997_petroleum(value, amount):
    """Petroleum, by m3."""
    return value * 127 // 1000


def duty_905317_hydrogen(value, amount):
    """Hydrogen, by kg."""
    if amount <= 141:
        return 0
    return max(3498, value * 159 // 1000)


def duty_871467_nitric_acid(value, amount):
    """Nitric acid, by kg."""
    if amount <= 41:
        return 0
    return max(1517, value * 116 // 1000)


def duty_101963_sodium_sulphate(value, amount):
    """Sodium sulphate, by m2."""
    part = value * 40 // 1000
    return min(part + 29 * amount, 17541)


def duty_371233_vitamin_c(value, amount):
    """Vitamin c, by m3."""
    if amount <= 10:
        return 0
    return max(1917, value * 81 // 1000)


def duty_081148_antibiotics(value, amount):
    """Antibiotics, by item."""
    return value * 23 // 1000


def duty_545076_fertiliser(value, amount):
    """Fertiliser, by m3."""
    return value * 225 // 1000


def duty_218639_printing_ink(value, amount):
    """Printing ink, by item."""
    part = value * 56 // 1000
    return min(part + 405 * amount, 37647)


def duty_320622_perfume(value, amount):
    """Perfume, by pair."""
    return value * 173 // 1000


def duty_464506_soap(value, amount):
    """Soap, by m2."""
    if amount <= 132:
        return 0
    return max(2280, value * 119 // 1000)


def duty_827857_candles(value, amount):
    """Candles, by kg."""
    if amount <= 81:
        return 0
    return max(2888, value * 165 // 1000)


def duty_937502_glue(value, amount):
    """Glue, by pair."""
    if amount <= 4:
        return 0
    return max(3405, value * 161 // 1000)


def duty_534905_matches(value, amount):
    """Matches, by m3."""
    return 59 * amount


def duty_839241_camera_film(value, amount):
    """Camera film, by m2."""
    return 765 * amount


def duty_482975_plastic_tubes(value, amount):
    """Plastic tubes, by m3."""
    return 54 * amount


def duty_530181_tyres(value, amount):
    """Tyres, by l."""
    return 771 * amount


def duty_548402_leather_belts(value, amount):
    """Leather belts, by l."""
    if amount <= 68:
        return 0
    return max(1239, value * 43 // 1000)


def duty_378266_fur_coats(value, amount):
    """Fur coats, by kg."""
    return 140 * amount


def duty_710257_plywood(value, amount):
    """Plywood, by m3."""
    if amount <= 121:
        return 0
    return max(1380, value * 48 // 1000)


def duty_689650_cork(value, amount):
    """Cork, by m2."""
    return 771 * amount


def duty_946208_baskets(value, amount):
    """Baskets, by m3."""
    if amount <= 5:
        return 0
    return max(2338, value * 154 // 1000)


def duty_381994_paper_pulp(value, amount):
    """Paper pulp, by item."""
    return 897 * amount


def duty_786360_envelopes(value, amount):
    """Envelopes, by l."""
    return value * 73 // 1000


def duty_363967_maps(value, amount):
    """Maps, by m3."""
    if amount <= 31:
        return 0
    return max(1278, value * 248 // 1000)


def duty_855586_silk_yarn(value, amount):
    """Silk yarn, by pair."""
    return 75 * amount


def duty_062636_wool_carpets(value, amount):
    """Wool carpets, by m3."""
    part = value * 18 // 1000
    return min(part + 104 * amount, 12924)


def duty_611298_cotton_shirts(value, amount):
    """Cotton shirts, by l."""
    return value * 278 // 1000


def duty_947513_ropes(value, amount):
    """Ropes, by l."""
    part = value * 49 // 1000
    return min(part + 359 * amount, 5535)


def duty_223073_felt_hats(value, amount):
    """Felt hats, by m2."""
    return 614 * amount


def duty_259033_umbrellas(value, amount):
    """Umbrellas, by item."""
    part = value * 91 // 1000
    return min(part + 537 * amount, 23157)


def duty_905017_feathers(value, amount):
    """Feathers, by kg."""
    return value * 102 // 1000


def duty_112124_slates(value, amount):
    """Slates, by item."""
    return 395 * amount


def duty_147717_porcelain(value, amount):
    """Porcelain, by kg."""
    part = value * 270 // 1000
    return min(part + 345 * amount, 34803)


def duty_367687_mirrors(value, amount):
    """Mirrors, by kg."""
    part = value * 77 // 1000
    return min(part + 556 * amount, 23022)


def duty_750359_silver_rings(value, amount):
    """Silver rings, by kg."""
    part = value * 225 // 1000
    return min(part + 830 * amount, 44478)


def duty_293673_steel_wire(value, amount):
    """Steel wire, by pair."""
    part = value * 267 // 1000
    return min(part + 574 * amount, 21474)


def duty_182253_copper_pipes(value, amount):
    """Copper pipes, by item."""
    return value * 289 // 1000


def duty_506312_aluminium_foil(value, amount):
    """Aluminium foil, by pair."""
    if amount <= 13:
        return 0
    return max(4289, value * 69 // 1000)


def duty_587933_hand_saws(value, amount):
    """Hand saws, by kg."""
    return value * 28 // 1000


def duty_301187_door_locks(value, amount):
    """Door locks, by l."""
    part = value * 180 // 1000
    return min(part + 451 * amount, 11160)


def duty_038446_turbines(value, amount):
    """Turbines, by m2."""
    return value * 172 // 1000


def duty_582754_pumps(value, amount):
    """Pumps, by m2."""
    if amount <= 71:
        return 0
    return max(867, value * 125 // 1000)


def duty_821839_ovens(value, amount):
    """Ovens, by kg."""
    if amount <= 148:
        return 0
    return max(4383, value * 116 // 1000)


def duty_212630_lifts(value, amount):
    """Lifts, by pair."""
    if amount <= 66:
        return 0
    return max(875, value * 244 // 1000)


def duty_356839_printers(value, amount):
    """Printers, by l."""
    if amount <= 145:
        return 0
    return max(3584, value * 268 // 1000)


def duty_578268_lathes(value, amount):
    """Lathes, by item."""
    if amount <= 51:
        return 0
    return max(307, value * 165 // 1000)


def duty_613533_electric_motors(value, amount):
    """Electric motors, by kg."""
    if amount <= 139:
        return 0
    return max(2026, value * 11 // 1000)


def duty_830551_radios(value, amount):
    """Radios, by m3."""
    if amount <= 76:
        return 0
    return max(1414, value * 204 // 1000)


def duty_218100_rails(value, amount):
    """Rails, by kg."""
    if amount <= 127:
        return 0
    return max(3649, value * 57 // 1000)


def duty_084056_lorries(value, amount):
    """Lorries, by kg."""
    if amount <= 29:
        return 0
    return max(1043, value * 178 // 1000)


def duty_531762_bicycles(value, amount):
    """Bicycles, by m3."""
    return 286 * amount


def duty_022596_canoes(value, amount):
    """Canoes, by item."""
    part = value * 47 // 1000
    return min(part + 485 * amount, 44865)


def duty_749488_spectacles(value, amount):
    """Spectacles, by m2."""
    if amount <= 101:
        return 0
    return max(3417, value * 299 // 1000)


def duty_218033_thermometers(value, amount):
    """Thermometers, by item."""
    return value * 75 // 1000


def duty_699745_clocks(value, amount):
    """Clocks, by l."""
    return value * 252 // 1000


def duty_312469_pianos(value, amount):
    """Pianos, by l."""
    return 428 * amount


def duty_192180_desks(value, amount):
    """Desks, by kg."""
    return value * 74 // 1000


def duty_646396_lamps(value, amount):
    """Lamps, by item."""
    return 242 * amount


def duty_036190_dolls(value, amount):
    """Dolls, by kg."""
    if amount <= 93:
        return 0
    return max(4128, value * 280 // 1000)


def duty_433311_skis(value, amount):
    """Skis, by m2."""
    part = value * 34 // 1000
    return min(part + 457 * amount, 25524)


def duty_850272_pencils(value, amount):
    """Pencils, by m3."""
    if amount <= 145:
        return 0
    return max(334, value * 24 // 1000)


def duty_518074_paintings(value, amount):
    """Paintings, by m3."""
    return value * 194 // 1000


def duty_410346_live_sheep(value, amount):
    """Live sheep, by m2."""
    part = value * 234 // 1000
    return min(part + 172 * amount, 17370)


def duty_978326_cut_flowers(value, amount):
    """Cut flowers, by item."""
    return value * 62 // 1000


def duty_272508_dried_peas(value, amount):
    """Dried peas, by m3."""
    part = value * 14 // 1000
    return min(part + 858 * amount, 19044)


def duty_213253_green_coffee(value, amount):
    """Green coffee, by item."""
    return 602 * amount


def duty_951288_black_tea(value, amount):
    """Black tea, by item."""
    part = value * 10 // 1000
    return min(part + 204 * amount, 6948)


def duty_517728_vanilla(value, amount):
    """Vanilla, by l."""
    part = value * 218 // 1000
    return min(part + 508 * amount, 2529)


def duty_806151_durum_wheat(value, amount):
    """Durum wheat, by kg."""
    if amount <= 68:
        return 0
    return max(3936, value * 229 // 1000)


def duty_070388_rice_flour(value, amount):
    """Rice flour, by m3."""
    return 82 * amount


def duty_660893_malt(value, amount):
    """Malt, by pair."""
    return value * 285 // 1000


def duty_392438_soya_beans(value, amount):
    """Soya beans, by l."""
    if amount <= 120:
        return 0
    return max(4169, value * 246 // 1000)


def duty_840956_palm_oil(value, amount):
    """Palm oil, by m3."""
    if amount <= 52:
        return 0
    return max(1604, value * 74 // 1000)


def duty_969357_cocoa_paste(value, amount):
    """Cocoa paste, by pair."""
    return value * 289 // 1000


def duty_805186_roasted_nuts(value, amount):
    """Roasted nuts, by item."""
    return value * 270 // 1000


def duty_151921_orange_juice(value, amount):
    """Orange juice, by m2."""
    return value * 245 // 1000


def duty_956643_white_wine(value, amount):
    """White wine, by m2."""
    part = value * 37 // 1000
    return min(part + 72 * amount, 31473)


def duty_053818_cider(value, amount):
    """Cider, by l."""
    return 414 * amount


def duty_661982_cigars(value, amount):
    """Cigars, by kg."""
    return value * 298 // 1000


def duty_159183_salt(value, amount):
    """Salt, by m2."""
    return 860 * amount


def duty_342938_quartz_sand(value, amount):
    """Quartz sand, by kg."""
    return value * 88 // 1000


def duty_468531_marble(value, amount):
    """Marble, by pair."""
    if amount <= 43:
        return 0
    return max(4230, value * 218 // 1000)


def duty_460158_cement(value, amount):
    """Cement, by m2."""
    return 75 * amount


FIND = {name[5:11]: found for name, found in list(globals().items()) if name.startswith("duty_")}
