//! What of a file was not used: fields that have nothing to do with sizes are left out.

use serde_json::Value;

use super::reader::Reader;

/// Fields of every type that say nothing about sizes.
const QUIET: &str = "\
    _name_or_path _attn_implementation _attn_implementation_autoset activation activation_function alibi \
    apply_residual_connection_post_layernorm architectures attn_implementation attn_logit_softcapping attn_scale \
    attn_temperature_tuning auto_map cache_implementation chunk_size_feed_forward dense_act_fn dtype ep_size \
    final_logit_softcapping finetuning_task floor_scale for_llm_compressor gradient_checkpointing \
    hidden_activation id2label image_grid_pinpoints image_seq_length initial_context_length is_encoder_decoder \
    is_gated_act label2id layer_scale_init_value mm_tokens_per_image model_type n_ctx n_group norm_topk_prob \
    num_labels original_max_position_embeddings output_attentions output_hidden_states output_router_logits \
    partial_rotary_factor position_embedding_type prefix pretraining_tp problem_type projection_dim \
    query_pre_attn_scalar relative_attention_max_distance reorder_and_upcast_attn return_dict routed_scaling_factor \
    router_jitter_noise scale_attn_by_inverse_layer_idx scale_attn_weights scale_decoder_outputs scoring_func \
    seq_aux spatial_patch_size swiglu_limit task_specific_params tf_legacy_loss tokenizer_class tokens_per_second \
    topk_group topk_method torch_dtype torchscript transformers_version use_bfloat16 use_cache \
    vision_aspect_ratio vision_feature_select_strategy window_size fullatt_block_indexes logit_scale logits_scaling \
    moe_norm_min block_size residual_in_fp32 rescale_prenorm_residual use_associative_scan use_mamba_kernels \
    use_mambapy use_falcon_mambapy mamba_chunk_size mamba_norm_before_gate num_logits_to_keep z_loss_coefficient \
    mamba_ssm_cache_dtype moe_shared_expert_overlap mtp_layers_block_type mtp_hybrid_override_pattern use_expert_bias \
    use_parallel_residual rotary_pct rotary_emb_base rotary_dim init_std dropout layerdrop skip_bias_add masked_softmax_fusion \
    attention_softmax_in_fp32 offset_alibi bias_dropout_fusion slow_but_exact clip_qkv \
    scale_attention_softmax_in_fp32 pre_allocate_kv_cache inference_runner max_sequence_length max_batch_size \
    pad_key_length \
    moe_renormalize num_expert_group use_grouped_topk moe_router_activation_func fused_add_norm rms_norm \
    pad_vocab_size_multiple use_conv_kernel mamba_dt_min mamba_dt_max \
    mamba_dt_limit mamba_dt_init_floor mrope_section mrope_interleaved";

/// Beginnings and endings of such fields.
const BEGINNINGS: [&str; 8] =
    ["rope_", "summary_", "initializer", "attention_dropout", "resid_", "embd_", "projector_", "time_step_"];
const ENDINGS: [&str; 17] = [
    "_token_id",
    "_token_ids",
    "_token_index",
    "_dropout",
    "_pdrop",
    "dropout_rate",
    "dropout_prob",
    "_eps",
    "_epsilon",
    "_coef",
    "_alpha",
    "_act",
    "_multiplier",
    "_multipliers",
    "_alpha_factor",
    "_beta_factor",
    "_range",
];

/// May a field that nobody asked for matter? What is null, false or empty switches nothing on.
pub(super) fn matters(field: &str, value: &Value) -> bool {
    let name = field.rsplit('.').next().unwrap_or(field);
    let off = match value {
        Value::Null | Value::Bool(false) => true,
        Value::Array(list) => list.is_empty(),
        Value::Number(number) => name == "num_nextn_predict_layers" && number.as_u64() == Some(0),
        Value::Object(fields) => {
            fields.is_empty() || name.ends_with("_config") && name != "quantization_config"
        }
        _ => false,
    };
    let quiet = QUIET.split_whitespace().any(|quiet| quiet == name)
        || BEGINNINGS.iter().any(|start| name.starts_with(start))
        || ENDINGS.iter().any(|end| name.ends_with(end));
    !off && !quiet
}

/// Parts of the model that the file describes and nobody read, such as what reads sound.
pub(super) fn other_parts(reader: &Reader) -> Vec<String> {
    const NO_PART: [&str; 4] =
        ["quantization_config", "generation_config", "rope_config", "compression_config"];
    let unread = reader.unread().into_iter();
    let parts = unread.filter(|(field, value)| {
        let fields = value.as_object().map_or(0, serde_json::Map::len);
        field.ends_with("_config") && fields > 0 && !NO_PART.contains(&field.as_str())
    });
    parts.map(|(field, _)| field).collect()
}
