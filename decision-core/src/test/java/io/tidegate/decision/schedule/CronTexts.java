package io.tidegate.decision.schedule;

import java.time.LocalDateTime;
import java.util.Random;

/** Random cron expressions of numbers, and a slow reading of them that shares nothing with the real one. */
final class CronTexts {
    private CronTexts() {}

    static String random(Random random) {
        return field(random, 0, 59) + " " + field(random, 0, 23) + " " + field(random, 1, 31) + " "
                + field(random, 1, 12) + " " + field(random, 0, 7);
    }

    private static String field(Random random, int least, int most) {
        if (random.nextInt(3) == 0) {
            return "*";
        }
        StringBuilder list = new StringBuilder();
        for (int i = random.nextInt(3); i >= 0; i--) {
            int first = least + random.nextInt(most - least + 1);
            int last = first + random.nextInt(most - first + 1);
            list.append(
                    switch (random.nextInt(4)) {
                        case 0 -> "*/" + (2 + random.nextInt(3));
                        case 1 -> first + "-" + last;
                        case 2 -> first + "-" + last + "/" + (1 + random.nextInt(4));
                        default -> first;
                    });
            list.append(i == 0 ? "" : ",");
        }
        return list.toString();
    }

    static boolean fires(String text, LocalDateTime time) {
        String[] fields = text.split(" ", -1);
        int weekday = time.getDayOfWeek().getValue() % 7;
        boolean day = selects(fields[2], time.getDayOfMonth(), 1, 31);
        boolean ofWeek = selects(fields[4], weekday, 0, 6) || (weekday == 0 && selects(fields[4], 7, 0, 6));
        boolean both = fields[2].equals("*") || fields[4].equals("*");
        return selects(fields[0], time.getMinute(), 0, 59)
                && selects(fields[1], time.getHour(), 0, 23)
                && selects(fields[3], time.getMonthValue(), 1, 12)
                && (both ? day && ofWeek : day || ofWeek);
    }

    private static boolean selects(String field, int value, int least, int most) {
        for (String item : field.split(",", -1)) {
            String[] parts = item.split("/", -1);
            int step = parts.length == 2 ? Integer.parseInt(parts[1]) : 1;
            String[] ends = parts[0].split("-", -1);
            int first = parts[0].equals("*") ? least : Integer.parseInt(ends[0]);
            int last = parts[0].equals("*") ? most : Integer.parseInt(ends[ends.length - 1]);
            if (value >= first && value <= last && (value - first) % step == 0) {
                return true;
            }
        }
        return false;
    }
}
