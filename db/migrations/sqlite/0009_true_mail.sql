ALTER TABLE `outbox` ADD `told` text;--> statement-breakpoint
ALTER TABLE `outbox` ADD `series_version` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `outbox` ADD `refused` text;--> statement-breakpoint
ALTER TABLE `outbox` ADD `folded_into` text;--> statement-breakpoint
CREATE INDEX `outbox_series` ON `outbox` (`series_id`,`to_email`,`series_version`) WHERE "outbox"."sent_at" is null and "outbox"."dead_at" is null and "outbox"."dropped_at" is null;--> statement-breakpoint
CREATE INDEX `outbox_recipient` ON `outbox` (`to_email`,`sent_at`);--> statement-breakpoint
ALTER TABLE `practices` ADD `mail_from` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `practices` ADD `mail_reply_to` text DEFAULT '' NOT NULL;