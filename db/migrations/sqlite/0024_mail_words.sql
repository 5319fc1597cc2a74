ALTER TABLE `practices` ADD `mail_opening` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `practices` ADD `mail_closing` text DEFAULT '' NOT NULL;