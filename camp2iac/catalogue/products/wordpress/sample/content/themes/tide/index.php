<!doctype html>
<html <?php language_attributes(); ?>>
<head><meta charset="utf-8"><title><?php bloginfo('name'); ?></title></head>
<body>
<h1><?php bloginfo('name'); ?></h1>
<?php while (have_posts()) { the_post(); ?>
<article><h2><?php the_title(); ?></h2><?php the_content(); ?></article>
<?php } ?>
<p><?php echo esc_html(getenv('GREETING')); ?></p>
</body>
</html>
