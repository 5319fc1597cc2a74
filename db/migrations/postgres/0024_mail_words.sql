ALTER TABLE "practices" ADD COLUMN "mail_opening" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "practices" ADD COLUMN "mail_closing" text DEFAULT '' NOT NULL;