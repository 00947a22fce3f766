class FeedJob
  include Sidekiq::Job

  def perform
  end
end
