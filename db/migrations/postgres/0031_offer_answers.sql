ALTER TABLE "waitlist_offers" DROP CONSTRAINT "waitlist_offers_answer_known";--> statement-breakpoint
ALTER TABLE "waitlist_entries" ADD COLUMN "sender" text;--> statement-breakpoint
ALTER TABLE "waitlist_offers" ADD COLUMN "outbox_id" text;--> statement-breakpoint
CREATE INDEX "waitlist_entries_sender" ON "waitlist_entries" USING btree ("sender","created_at");--> statement-breakpoint
ALTER TABLE "waitlist_offers" ADD CONSTRAINT "waitlist_offers_answer_known" CHECK (("waitlist_offers"."answered_at" is null) = ("waitlist_offers"."answer" is null) and ("waitlist_offers"."answer" is null or "waitlist_offers"."answer" in ('accepted', 'declined', 'expired', 'lost', 'withdrawn', 'taken_back', 'unsent')));