CREATE TABLE `text_stops` (
	`number_hash` text PRIMARY KEY NOT NULL,
	`stopped_at` integer NOT NULL
);
