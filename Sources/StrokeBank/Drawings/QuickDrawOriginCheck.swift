/// Recognizes drawings of the Quick, Draw! Dataset by what their records contain.
///
/// Of 16,034 official records, all have a key between 2^52 and 1.5 · 2^52, as the game's database assigned them, a time
/// from January to April 2017, and a country. Files that only have the format do not: this project's own drawings have
/// other keys, for example.
package enum QuickDrawOriginCheck {
    /// The keys that the database of the game assigned.
    private static let keys = UInt64(1) << 52..<UInt64(3) << 51
    /// The Unix times from the launch of the game, in November 2016, to the end of 2017.
    private static let times: Range<UInt32> = 1_477_958_400..<1_514_764_800

    /// Whether a record with this key, time, and country can be from the dataset.
    static func accepts(keyID: UInt64, timestamp: UInt32, country: CountryCode) -> Bool {
        let letters = UInt8(ascii: "A")...UInt8(ascii: "Z")
        return keys.contains(keyID) && times.contains(timestamp) && letters.contains(country.bytes.x)
            && letters.contains(country.bytes.y)
    }

    /// The license of drawings: that of the dataset if they are evidently from there, otherwise an unknown one.
    ///
    /// - Parameters:
    ///   - words: The words of all drawings.
    ///   - areRecordsAccepted: Whether the dataset can have all of their records, apart from the words.
    package static func license(words: some Sequence<String>, areRecordsAccepted: Bool) -> SourceLicense {
        var isEmpty = true
        for word in words {
            guard Self.words.contains(word) else { return .unknown }
            isEmpty = false
        }
        return areRecordsAccepted && !isEmpty ? .quickDraw : .unknown
    }

    /// The words of the dataset's 345 categories.
    static let words = Set(
        """
        The Eiffel Tower, The Great Wall of China, The Mona Lisa, aircraft carrier, airplane, alarm clock, ambulance, \
        angel, animal migration, ant, anvil, apple, arm, asparagus, axe, backpack, banana, bandage, barn, baseball, \
        baseball bat, basket, basketball, bat, bathtub, beach, bear, beard, bed, bee, belt, bench, bicycle, \
        binoculars, bird, birthday cake, blackberry, blueberry, book, boomerang, bottlecap, bowtie, bracelet, brain, \
        bread, bridge, broccoli, broom, bucket, bulldozer, bus, bush, butterfly, cactus, cake, calculator, calendar, \
        camel, camera, camouflage, campfire, candle, cannon, canoe, car, carrot, castle, cat, ceiling fan, \
        cell phone, cello, chair, chandelier, church, circle, clarinet, clock, cloud, coffee cup, compass, computer, \
        cookie, cooler, couch, cow, crab, crayon, crocodile, crown, cruise ship, cup, diamond, dishwasher, \
        diving board, dog, dolphin, donut, door, dragon, dresser, drill, drums, duck, dumbbell, ear, elbow, elephant, \
        envelope, eraser, eye, eyeglasses, face, fan, feather, fence, finger, fire hydrant, fireplace, firetruck, \
        fish, flamingo, flashlight, flip flops, floor lamp, flower, flying saucer, foot, fork, frog, frying pan, \
        garden, garden hose, giraffe, goatee, golf club, grapes, grass, guitar, hamburger, hammer, hand, harp, hat, \
        headphones, hedgehog, helicopter, helmet, hexagon, hockey puck, hockey stick, horse, hospital, \
        hot air balloon, hot dog, hot tub, hourglass, house, house plant, hurricane, ice cream, jacket, jail, \
        kangaroo, key, keyboard, knee, knife, ladder, lantern, laptop, leaf, leg, light bulb, lighter, lighthouse, \
        lightning, line, lion, lipstick, lobster, lollipop, mailbox, map, marker, matches, megaphone, mermaid, \
        microphone, microwave, monkey, moon, mosquito, motorbike, mountain, mouse, moustache, mouth, mug, mushroom, \
        nail, necklace, nose, ocean, octagon, octopus, onion, oven, owl, paint can, paintbrush, palm tree, panda, \
        pants, paper clip, parachute, parrot, passport, peanut, pear, peas, pencil, penguin, piano, pickup truck, \
        picture frame, pig, pillow, pineapple, pizza, pliers, police car, pond, pool, popsicle, postcard, potato, \
        power outlet, purse, rabbit, raccoon, radio, rain, rainbow, rake, remote control, rhinoceros, rifle, river, \
        roller coaster, rollerskates, sailboat, sandwich, saw, saxophone, school bus, scissors, scorpion, \
        screwdriver, sea turtle, see saw, shark, sheep, shoe, shorts, shovel, sink, skateboard, skull, skyscraper, \
        sleeping bag, smiley face, snail, snake, snorkel, snowflake, snowman, soccer ball, sock, speedboat, spider, \
        spoon, spreadsheet, square, squiggle, squirrel, stairs, star, steak, stereo, stethoscope, stitches, \
        stop sign, stove, strawberry, streetlight, string bean, submarine, suitcase, sun, swan, sweater, swing set, \
        sword, syringe, t-shirt, table, teapot, teddy-bear, telephone, television, tennis racquet, tent, tiger, \
        toaster, toe, toilet, tooth, toothbrush, toothpaste, tornado, tractor, traffic light, train, tree, triangle, \
        trombone, truck, trumpet, umbrella, underwear, van, vase, violin, washing machine, watermelon, waterslide, \
        whale, wheel, windmill, wine bottle, wine glass, wristwatch, yoga, zebra, zigzag
        """.split(separator: ", ").map(String.init))
}

extension Drawing {
    /// Whether the drawing can be from the Quick, Draw! Dataset, apart from its word.
    package var isFromQuickDraw: Bool {
        QuickDrawOriginCheck.accepts(keyID: keyID, timestamp: timestamp, country: country)
    }
}
