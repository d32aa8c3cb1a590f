package io.tidegate.decision.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Arrivals over time, in multiples of what one replica can process. */
record Load(String name, List<Piece> pieces) {
    /** From {@code from} to {@code to} replicas' worth within {@code seconds}. */
    record Piece(double seconds, double from, double to) {}

    Load {
        pieces = List.copyOf(pieces);
    }

    /** Pairs of seconds and replicas' worth. */
    static Load steps(String name, double... secondsAndWorth) {
        List<Piece> pieces = new ArrayList<>();
        for (int i = 0; i < secondsAndWorth.length; i += 2) {
            pieces.add(new Piece(secondsAndWorth[i], secondsAndWorth[i + 1], secondsAndWorth[i + 1]));
        }
        return new Load(name, pieces);
    }

    /** The load of the demo. */
    static Load demo() {
        return steps("demo", 40, 0, 40, 3.5, 10, 8, 30, 1.2, 60, 0);
    }

    /** Steps of random length and height, with calm between them. */
    static Load random(long seed) {
        Random random = new Random(seed);
        List<Piece> pieces = new ArrayList<>();
        pieces.add(new Piece(10, 0, 0));
        double level = 0;
        for (int i = 0; i < 6; i++) {
            double next = random.nextInt(4) == 0 ? 0.3 * random.nextDouble() : 7 * random.nextDouble();
            double seconds = 10 + random.nextInt(40);
            pieces.add(random.nextInt(3) == 0 ? new Piece(seconds, level, next) : new Piece(seconds, next, next));
            level = next;
        }
        pieces.add(new Piece(90, 0, 0));
        return new Load("random " + seed, pieces);
    }

    double seconds() {
        return pieces.stream().mapToDouble(Piece::seconds).sum();
    }

    double at(double second) {
        double from = 0;
        for (Piece piece : pieces) {
            if (second < from + piece.seconds()) {
                return piece.from() + (piece.to() - piece.from()) * (second - from) / piece.seconds();
            }
            from += piece.seconds();
        }
        return 0;
    }
}
