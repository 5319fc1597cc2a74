CREATE TABLE "pictures" (
	"id" text PRIMARY KEY NOT NULL,
	"type" text NOT NULL,
	"bytes" text NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "practices" ADD COLUMN "colour" text DEFAULT 'green' NOT NULL;--> statement-breakpoint
ALTER TABLE "practices" ADD COLUMN "mark_id" text;--> statement-breakpoint
ALTER TABLE "practices" ADD COLUMN "names_software" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "therapists" ADD COLUMN "portrait_id" text;--> statement-breakpoint
ALTER TABLE "practices" ADD CONSTRAINT "practices_mark_id_pictures_id_fk" FOREIGN KEY ("mark_id") REFERENCES "public"."pictures"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "therapists" ADD CONSTRAINT "therapists_portrait_id_pictures_id_fk" FOREIGN KEY ("portrait_id") REFERENCES "public"."pictures"("id") ON DELETE no action ON UPDATE no action;