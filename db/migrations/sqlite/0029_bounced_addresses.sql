CREATE TABLE `bounced_addresses` (
	`email` text PRIMARY KEY NOT NULL,
	`bounced_at` integer NOT NULL
);
